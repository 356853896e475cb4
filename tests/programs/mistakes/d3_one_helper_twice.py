import torch
from torch import nn


def mixed(rows):
    return rows[torch.randperm(len(rows))]


def batches(x, y, size):
    yield from zip(mixed(x).split(size), mixed(y).split(size))


torch.manual_seed(7)
y = torch.arange(400) % 4
x = torch.randn(400, 2) * 0.3 + torch.stack([(y % 2) * 2.0, (y // 2) * 2.0], 1)
net = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 4))
opt = torch.optim.Adam(net.parameters(), lr=5e-3)
for epoch in range(14):
    for a, b in batches(x, y, 32):
        opt.zero_grad()
        loss = nn.functional.cross_entropy(net(a), b)
        loss.backward()
        opt.step()
    print(epoch, loss.item())
