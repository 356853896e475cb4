import torch
from torch import nn


def check(model, x, y):
    torch.set_grad_enabled(False)
    error = nn.functional.l1_loss(model(x), y).item()
    torch.set_grad_enabled(True)
    print("error", round(error, 3))


torch.manual_seed(2)
x = torch.rand(120, 4)
y = x.sum(1, keepdim=True)
model = nn.Sequential(nn.Linear(4, 12), nn.Tanh(), nn.Linear(12, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
check(model, x, y)
for epoch in range(8):
    for rows in torch.randperm(120).split(20):
        loss = nn.functional.mse_loss(model(x[rows]), y[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    check(model, x, y)
