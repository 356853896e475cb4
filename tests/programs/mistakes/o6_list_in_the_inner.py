import torch
from torch import nn


class Unit(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.map = nn.Linear(n, n)

    def forward(self, x):
        return torch.tanh(self.map(x))


class Tower(nn.Module):
    def __init__(self, n):
        super().__init__()
        units = []
        for _ in range(2):
            units.append(Unit(n))
        self.units = units
        self.last = nn.Linear(n, n)

    def forward(self, x):
        for unit in self.units:
            x = unit(x)
        return self.last(x)


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.tower = Tower(6)
        self.out = nn.Linear(6, 2)

    def forward(self, x):
        return self.out(self.tower(x))


torch.manual_seed(14)
x = torch.randn(160, 6)
y = (x[:, 0] * x[:, 1] > 0).long()
model = Model()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(6):
    for rows in torch.randperm(160).split(20):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x[rows]), y[rows])
        loss.backward()
        optimizer.step()
    print(epoch, loss.item())
