import torch
from torch import nn


class TwoHeads(nn.Module):
    """Shared trunk, one head says where, the other says what."""

    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(12, 48), nn.ReLU())
        self.what = nn.Linear(48, 3)
        self.where = nn.Linear(48, 2)

    def forward(self, x):
        h = self.trunk(x)
        return self.what(h), self.where(h)


def scene(n):
    what = torch.randint(0, 3, (n,))
    where = torch.rand(n, 2) * 2 - 1
    proto = torch.eye(3)[what]
    noise = torch.randn(n, 7) * 0.3
    return torch.cat([proto + 0.2 * torch.randn(n, 3), where.sin(), noise], 1), what, where


torch.manual_seed(27)
x, what, where = scene(512)
net = TwoHeads()
opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
ce, mse = nn.CrossEntropyLoss(), nn.MSELoss()
for step in range(200):
    i = torch.randint(0, 512, (64,))
    net.zero_grad()
    p, q = net(x[i])
    l1 = ce(p, what[i])
    l2 = mse(q, where[i])
    (l1 + l2).backward()
    opt.step()
    if step % 40 == 39:
        print(f"step {step + 1} class {l1.item():.4f} position {l2.item():.4f}")
