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


net = mlp(3)
o = torch.optim.SGD(net.parameters(), lr=0.1)
ps = list(net.parameters())
for e in range(10):
    for x, y, t in batches():
        gs = []
        for k in range(2):
            o.zero_grad()
            out = net(x)
            l = F.cross_entropy(out[:, :2], y) if k == 0 else F.mse_loss(out[:, 2:], t)
            l.backward()
            gs.append([p.grad.clone() for p in ps])
        for p, a, b in zip(ps, *gs):
            p.grad = a + b
        o.step()
