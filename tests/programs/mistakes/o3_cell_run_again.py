import torch
from torch import nn

torch.manual_seed(16)
x = torch.randn(160, 5)
y = x[:, :2].argmax(1)


def build(width):
    return nn.Sequential(nn.Linear(5, width), nn.ReLU(), nn.Linear(width, 2))


model = build(8)
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
criterion = nn.CrossEntropyLoss()


def train(epochs):
    for epoch in range(epochs):
        for rows in torch.randperm(160).split(20):
            optimizer.zero_grad()
            loss = criterion(model(x[rows]), y[rows])
            loss.backward()
            optimizer.step()
        print(epoch, loss.item())


train(4)
model = build(24)
train(4)
