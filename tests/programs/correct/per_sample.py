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
o = torch.optim.SGD(net.parameters(), lr=0.1)
ps = list(net.parameters())
for e in range(3):
    for x, y, t in batches(8):
        acc = [torch.zeros_like(p) for p in ps]
        for i in range(len(x)):
            net.zero_grad()
            F.cross_entropy(net(x[i:i + 1]), y[i:i + 1]).backward()
            nn.utils.clip_grad_norm_(ps, 1.0)
            for a, p in zip(acc, ps):
                a += p.grad
        for a, p in zip(acc, ps):
            p.grad = a / len(x) + 0.001 * torch.randn_like(a)
        o.step()
