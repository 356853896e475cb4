import torch
import torch.nn as nn
from torch.nn.utils.parametrizations import spectral_norm, weight_norm

torch.manual_seed(51)
net = nn.Sequential(
    weight_norm(nn.Linear(4, 32)), nn.ReLU(),
    spectral_norm(nn.Linear(32, 32)), nn.ReLU(),
    weight_norm(nn.Linear(32, 1)),
)
opt = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9)
x = torch.randn(360, 4)
y = (x[:, :2] ** 2).sum(1, keepdim=True) / 2 - x[:, 2:3]
y = y + 0.05 * torch.randn_like(y)
huber = nn.SmoothL1Loss()
for epoch in range(30):
    net.train()
    tot = 0.0
    for i in torch.randperm(360).chunk(9):
        opt.zero_grad()
        loss = huber(net(x[i]), y[i])
        loss.backward()
        opt.step()
        tot += loss.item() / 9
    if epoch % 6 == 5:
        net.eval()
        with torch.no_grad():
            q = torch.randn(200, 4)
            e = huber(net(q), (q[:, :2] ** 2).sum(1, keepdim=True) / 2 - q[:, 2:3]).item()
        print("epoch", epoch + 1, "train", round(tot, 4), "fresh", round(e, 4))
