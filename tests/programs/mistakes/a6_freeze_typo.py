import torch
from torch import nn


def backbone():
    return nn.Sequential(nn.Linear(8, 24), nn.ReLU(), nn.Linear(24, 12), nn.ReLU())


def task(n, centres):
    y = torch.randint(0, len(centres), (n,))
    return centres[y] + torch.randn(n, 8), y


def fit(net, params, data, epochs, lr):
    x, y = data
    opt = torch.optim.Adam(params, lr=lr)
    for e in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(x)).split(30):
            loss = nn.functional.cross_entropy(net(x[rows]), y[rows])
            opt.zero_grad()
            loss.backward()
            opt.step()
            total += loss.item() * len(rows) / len(x)
        print(f"  epoch {e}: {total:.4f}")


torch.manual_seed(4010)
body = backbone()
print("first task")
first = nn.Sequential(body, nn.Linear(12, 4))
fit(first, first.parameters(), task(300, torch.randn(4, 8) * 1.5), 5, 0.01)

# second task: body fixed, new head
for p in body.parameters():
    p.require_grad = False
before = body[0].weight.detach().clone()
print("second task")
second = nn.Sequential(body, nn.Linear(12, 3))
fit(second, second.parameters(), task(240, torch.randn(3, 8) * 1.5), 6, 0.01)
print("first layer moved by", (body[0].weight - before).norm().item())
