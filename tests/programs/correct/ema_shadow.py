import copy
import torch
from torch import nn


class Shadow:
    def __init__(self, module, decay=0.98):
        self.copy = copy.deepcopy(module)
        for p in self.copy.parameters():
            p.requires_grad_(False)
        self.decay = decay

    @torch.no_grad()
    def follow(self, module):
        for s, p in zip(self.copy.parameters(), module.parameters()):
            s.lerp_(p, 1 - self.decay)


torch.manual_seed(17)
x = torch.rand(500, 2) * 2 - 1
noise = torch.rand(500) < 0.05
y = (x.norm(dim=1) < 0.7).float()
y = torch.where(noise, 1 - y, y)
xt = torch.rand(400, 2) * 2 - 1
yt = (xt.norm(dim=1) < 0.7).float()

net = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 1))
ema = Shadow(net)
opt = torch.optim.AdamW(net.parameters(), lr=0.01)
crit = nn.BCEWithLogitsLoss()
for epoch in range(25):
    tot = 0.0
    for idx in torch.randperm(500).split(50):
        loss = crit(net(x[idx])[:, 0], y[idx])
        opt.zero_grad()
        loss.backward()
        opt.step()
        ema.follow(net)
        tot += loss.item()
    if epoch % 6 == 0:
        with torch.no_grad():
            a = ((net(xt)[:, 0] > 0) == yt.bool()).float().mean()
            b = ((ema.copy(xt)[:, 0] > 0) == yt.bool()).float().mean()
        print(f"epoch {epoch} loss {tot / 10:.4f} live {a:.3f} shadow {b:.3f}")
