import math
import torch
import torch.nn as nn

torch.manual_seed(44)
EPOCHS, BASE, FLOOR = 30, 0.2, 0.002


def rate(progress):
    if progress < 0.1:
        return BASE * (0.1 + 0.9 * progress / 0.1)
    return FLOOR + 0.5 * (BASE - FLOOR) * (1 + math.cos(math.pi * (progress - 0.1) / 0.9))


x = torch.randn(384, 4)
y = torch.stack([x[:, 0] * x[:, 1], x[:, 2].abs()], 1) + 0.05 * torch.randn(384, 2)
net = nn.Sequential(nn.Linear(4, 48), nn.Tanh(), nn.Linear(48, 2))
opt = torch.optim.SGD(net.parameters(), lr=BASE, momentum=0.8)
batches = 12
for epoch in range(EPOCHS):
    mean = 0.0
    for k, i in enumerate(torch.randperm(384).chunk(batches)):
        for group in opt.param_groups:
            group["lr"] = rate((epoch * batches + k) / (EPOCHS * batches))
        opt.zero_grad()
        loss = nn.functional.mse_loss(net(x[i]), y[i])
        loss.backward()
        opt.step()
        mean += loss.item() / batches
    if epoch % 6 == 5:
        print("epoch", epoch + 1, "lr", round(opt.param_groups[0]["lr"], 5), "loss", round(mean, 5))
