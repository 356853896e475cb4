import torch
from torch import nn

torch.manual_seed(5)
x = torch.rand(400, 1) * 4 - 2
y = 3.0 * x - 4.0 + 0.1 * torch.randn(400, 1)
bad = torch.rand(400, 1) < 0.1
y = torch.where(bad, y + 8 * torch.randn(400, 1), y)


def fit(loss_fn, label):
    line = nn.Linear(1, 1)
    opt = torch.optim.SGD(line.parameters(), lr=0.05, momentum=0.5)
    for epoch in range(12):
        s = 0.0
        for part in torch.randperm(400).split(20):
            opt.zero_grad()
            loss = loss_fn(line(x[part]), y[part])
            loss.backward()
            opt.step()
            s += loss.item() / 20
        if epoch % 4 == 3:
            print(f"{label:>6} epoch {epoch + 1:2d} loss {s:.4f} slope {line.weight.item():.3f} offset {line.bias.item():.3f}")


fit(nn.HuberLoss(delta=0.3), "huber")
fit(nn.MSELoss(), "mse")
