import torch
from torch import nn

torch.manual_seed(9)
x = torch.randn(120, 3)
y = (x[:, 0] > x[:, 1]).long()
net = nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 2))
rate = 0.1
for epoch in range(6):
    norms = [0.0]
    for rows in torch.randperm(120).split(20):
        net.zero_grad()
        loss = nn.functional.cross_entropy(net(x[rows]), y[rows])
        loss.backward()
        norms = [p.grad.norm().item() for p in net.parameters()]
        for p in net.parameters(): p = p - rate * p.grad
    print(epoch, loss.item(), sum(norms))
