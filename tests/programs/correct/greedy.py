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


a, ha, b, hb = nn.Linear(6, 12), nn.Linear(12, 2), nn.Linear(12, 12), nn.Linear(12, 2)
oa = torch.optim.Adam([*a.parameters(), *ha.parameters()], lr=0.01)
ob = torch.optim.Adam([*b.parameters(), *hb.parameters()], lr=0.01)
for e in range(6):
    for x, y, t in batches():
        h = torch.relu(a(x))
        oa.zero_grad()
        F.cross_entropy(ha(h), y).backward()
        oa.step()
        k = torch.relu(b(h.detach()))
        ob.zero_grad()
        F.cross_entropy(hb(k), y).backward()
        ob.step()
