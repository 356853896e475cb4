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


def update(o):
    o.zero_grad()
    o.step()


def main():
    net = mlp()
    o = torch.optim.AdamW(net.parameters(), lr=0.01)
    for e in range(6):
        for x, y, t in batches():
            loss = F.cross_entropy(net(x), y)
            loss.backward()
            update(o)


main()
