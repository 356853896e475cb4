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


shared, local = mlp(), mlp()
o = torch.optim.RMSprop(shared.parameters(), lr=0.005)
for e in range(8):
    for x, y, t in batches():
        local.load_state_dict(shared.state_dict())
        local.zero_grad()
        F.cross_entropy(local(x), y).backward()
        for a, b in zip(shared.parameters(), local.parameters()):
            a._grad = b.grad
        o.step()
