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


def main():
    body, head = mlp(8), nn.Linear(8, 2)
    for p in body.parameters():
        p.requires_grad = False
    o = torch.optim.Adam([{"params": body.parameters(), "lr": 0.001}, {"params": head.parameters()}], lr=0.01)
    for e in range(8):
        if e == 3:
            for p in body.parameters():
                p.requires_grad = True
        for x, y, t in batches():
            o.zero_grad()
            F.cross_entropy(head(torch.relu(body(x))), y).backward()
            o.step()


main()
