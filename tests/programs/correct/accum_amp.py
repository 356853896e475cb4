import torch
import torch.nn as nn
import torch.nn.functional as F
from dataclasses import dataclass


@dataclass
class Cfg:
    steps: int = 90
    accumulate: int = 3
    micro: int = 32
    max_norm: float = 1.0
    lr: float = 4e-3


class Digits8(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 3, padding=1)
        self.head = nn.Linear(8 * 16, 4)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv(x)), 2)
        return self.head(x.flatten(1))


def make(n):
    label = torch.randint(0, 4, (n,))
    img = 0.4 * torch.randn(n, 1, 8, 8)
    for i, l in enumerate(label.tolist()):
        r, c = divmod(l, 2)
        img[i, 0, r * 4:r * 4 + 4, c * 4:c * 4 + 4] += 0.6
    return img, label


torch.manual_seed(8)
cfg = Cfg()
images, labels = make(600)
net = Digits8()
opt = torch.optim.Adam(net.parameters(), lr=cfg.lr)
scaler = torch.amp.GradScaler("cpu", init_scale=1024.0)
history = []
for step in range(cfg.steps):
    opt.zero_grad(set_to_none=True)
    report = 0.0
    for _ in range(cfg.accumulate):
        pick = torch.randint(0, len(images), (cfg.micro,))
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = F.cross_entropy(net(images[pick]), labels[pick]) / cfg.accumulate
        scaler.scale(loss).backward()
        report += loss.item()
    scaler.unscale_(opt)
    norm = nn.utils.clip_grad_norm_(net.parameters(), cfg.max_norm)
    scaler.step(opt)
    scaler.update()
    history.append(report)
    if step % 15 == 0:
        print(f"{step:3d}  loss={report:.4f}  |g|={norm:.3f}  scale={scaler.get_scale():.0f}")
print("first/last ten:", sum(history[:10]) / 10, sum(history[-10:]) / 10)
