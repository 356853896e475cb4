import torch
from torch import nn

torch.manual_seed(61)
x = torch.randn(300, 6)
y = (x[:, 0] + x[:, 1] > x[:, 2]).long() + (x[:, 3] > 0.8).long()

trunk = nn.Sequential(nn.Linear(6, 24), nn.ReLU())
head = nn.Linear(24, 3)
optimizer = torch.optim.Adam(
    [
        {"params": trunk.parameters()},
        {"params": head.parameters(), "learning_rate": 0.05},
    ],
    lr=1e-4,
)
criterion = nn.CrossEntropyLoss()
for epoch in range(10):
    total = 0.0
    for idx in torch.randperm(300).split(30):
        optimizer.zero_grad()
        loss = criterion(head(trunk(x[idx])), y[idx])
        loss.backward()
        optimizer.step()
        total += loss.item()
    print(f"epoch {epoch + 1}: loss {total / 10:.4f}")
