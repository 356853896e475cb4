import torch
from torch import nn

torch.manual_seed(6)
x = torch.randn(120, 4)
y = x @ torch.tensor([[1.0], [2.0], [-1.0], [0.5]])
model = nn.Linear(4, 1)


def update(parameters, rate):
    with torch.no_grad():
        for p in parameters:
            grad = p.grad
            moved = p - rate * grad
            p = moved


for epoch in range(6):
    for rows in torch.randperm(120).split(20):
        model.zero_grad()
        loss = ((model(x[rows]) - y[rows]) ** 2).mean()
        loss.backward()
        update(model.parameters(), 0.05)
    print(epoch, loss.item())
