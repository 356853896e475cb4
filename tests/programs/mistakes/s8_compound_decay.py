import torch
from torch import nn


def adjust_learning_rate(optimizer, epoch, decay=0.8):
    for group in optimizer.param_groups:
        group["lr"] = group["lr"] * decay ** epoch


def train(net, optimizer, x, y, epoch):
    adjust_learning_rate(optimizer, epoch)
    total = 0.0
    for idx in torch.randperm(len(x)).split(32):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(x[idx]), y[idx])
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / (len(x) // 32)


torch.manual_seed(25)
x = torch.randn(320, 4)
y = (x[:, 0] * x[:, 1] + x[:, 2] * x[:, 3] > 0).long()
net = nn.Sequential(nn.Linear(4, 40), nn.ReLU(), nn.Linear(40, 2))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
for epoch in range(1, 11):
    mean = train(net, optimizer, x, y, epoch)
    adjust_learning_rate(optimizer, epoch)
    print(f"epoch {epoch}: loss {mean:.4f}, lr {optimizer.param_groups[0]['lr']:.2e}")
