import torch
from torch import nn

torch.manual_seed(11)
x = torch.randn(240, 12)
y = (x[:, :3].sum(1) > 0).long()
net = nn.Sequential(nn.Linear(12, 20), nn.ReLU(), nn.Linear(20, 2))
opt = torch.optim.SGD(net.parameters(), lr=0.1)


def weight_cost():
    cost = 0.0
    for p in net.parameters():
        cost = cost + float((p**2).sum())
    return cost


for epoch in range(12):
    for rows in torch.randperm(240).split(24):
        fit = nn.functional.cross_entropy(net(x[rows]), y[rows])
        extra = 0.05 * weight_cost()
        total = fit + extra
        opt.zero_grad()
        total.backward()
        opt.step()
    print(epoch, f"fit {fit.item():.3f} extra {extra:.3f}")
