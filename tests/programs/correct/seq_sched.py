import torch
from torch import nn
from torch.optim import lr_scheduler as S

torch.manual_seed(50)
EPOCHS, WARMUP = 24, 4
freq = torch.tensor([1.0, 2.0, 3.0, 5.0])


def waves(n):
    c = torch.randint(0, 4, (n,))
    t = torch.linspace(0, 2 * torch.pi, 32)
    phase = torch.rand(n, 1) * 6.28
    return torch.sin(freq[c][:, None] * t + phase) + 0.3 * torch.randn(n, 32), c


class Conv(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Conv1d(1, 12, 5, padding=2)
        self.b = nn.Conv1d(12, 12, 5, stride=2)
        self.fc = nn.Linear(12, 4)

    def forward(self, s):
        h = torch.relu(self.a(s.unsqueeze(1)))
        h = torch.relu(self.b(h))
        return self.fc(h.amax(-1))


x, c = waves(360)
xv, cv = waves(120)
net = Conv()
opt = torch.optim.SGD(net.parameters(), lr=0.15, momentum=0.9)
sched = S.SequentialLR(opt, [
    S.LinearLR(opt, start_factor=0.1, total_iters=WARMUP),
    S.CosineAnnealingLR(opt, T_max=EPOCHS - WARMUP),
], milestones=[WARMUP])
ce = nn.CrossEntropyLoss()

for ep in range(EPOCHS):
    lr = opt.param_groups[0]["lr"]
    losses = []
    for idx in torch.randperm(360).view(9, 40):
        loss = ce(net(x[idx]), c[idx])
        opt.zero_grad()
        loss.backward()
        opt.step()
        losses.append(loss.item())
    sched.step()
    if ep % 4 == 0 or ep == EPOCHS - 1:
        with torch.no_grad():
            acc = (net(xv).argmax(1) == cv).float().mean().item()
        print(f"{ep:2d} lr {lr:.4f} loss {sum(losses) / 9:.4f} val acc {acc:.3f}")
