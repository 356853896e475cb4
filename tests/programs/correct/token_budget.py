import torch
import torch.nn as nn
import torch.nn.functional as F
torch.manual_seed(5)
X = torch.randn(240, 6)
Y = (X[:, 0] + X[:, 1] * X[:, 2] > 0).long()
T = (X[:, :2].sum(1, keepdim=True)).sin()


def batches(n=20):
    for i in torch.randperm(240).split(n):
        yield X[i], Y[i], T[i]


def mlp(o=2, h=16):
    return nn.Sequential(nn.Linear(6, h), nn.ReLU(), nn.Linear(h, o))


net = mlp()
o = torch.optim.Adam(net.parameters(), lr=0.01)
seen = 0
o.zero_grad()
for e in range(8):
    for x, y, t in batches(12):
        n = int(torch.randint(4, 13, (1,)))
        (F.cross_entropy(net(x[:n]), y[:n], reduction="sum") / 40).backward()
        seen += n
        if seen >= 40:
            o.step()
            o.zero_grad()
            seen = 0
