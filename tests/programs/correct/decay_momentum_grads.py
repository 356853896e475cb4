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
o = torch.optim.SGD(net.parameters(), lr=0.02)
for e in range(6):
    for x, y, t in batches():
        F.cross_entropy(net(x), y).backward()
        o.step()
        for p in net.parameters():
            p.grad.mul_(0.5)
