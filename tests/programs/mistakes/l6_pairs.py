import torch
from torch import nn


def agreement(a, b):
    table = nn.functional.normalize(a, dim=1) @ nn.functional.normalize(b, dim=1).t()
    return torch.log_softmax(table * 4, dim=1).diag().mean()


torch.manual_seed(8)
things = torch.randn(256, 10)
encoder = nn.Sequential(nn.Linear(10, 32), nn.ReLU(), nn.Linear(32, 8))
optimizer = torch.optim.Adam(encoder.parameters(), lr=2e-3)
for epoch in range(6):
    for rows in torch.randperm(256).split(32):
        one = things[rows] + 0.3 * torch.randn(32, 10)
        two = things[rows] + 0.3 * torch.randn(32, 10)
        score = agreement(encoder(one), encoder(two))
        optimizer.zero_grad()
        score.backward()
        optimizer.step()
    print(epoch, score.item())
