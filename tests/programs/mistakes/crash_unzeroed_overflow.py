import torch
import torch.nn as nn

torch.manual_seed(6003)
x = torch.randn(300, 5)
y = x[:, :1] * 1.5 - x[:, 1:2] + 0.2 * torch.randn(300, 1)
model = nn.Sequential(
    nn.Linear(5, 16),
    nn.ReLU(),
    nn.Linear(16, 1),
)
opt = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.7)


def one_pass():
    total = 0.0
    for idx in torch.randperm(300).view(10, 30):
        loss = nn.functional.mse_loss(model(x[idx]), y[idx])
        assert loss.item() < 1e6, "training has exploded"
        loss.backward()
        opt.step()
        total += loss.item()
    return total / 10


for epoch in range(12):
    print("epoch", epoch, "loss", one_pass())
