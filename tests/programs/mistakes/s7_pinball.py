import torch
from torch import nn

torch.manual_seed(14)


def pinball(guess, y, share=0.7):
    off = y - guess
    return torch.maximum(share * off, (share - 1) * off).mean()


x = torch.rand(480, 2)
y = 4 * x[:, :1] + 0.3 * torch.randn(480, 1)
net = nn.Sequential(nn.Linear(2, 24), nn.Tanh(), nn.Linear(24, 1))
opt = torch.optim.Adam(net.parameters(), lr=0.01)
watcher = torch.optim.lr_scheduler.ReduceLROnPlateau(opt, "max", factor=0.3, patience=1)
for epoch in range(14):
    for rows in torch.randperm(400).split(40):
        opt.zero_grad()
        pinball(net(x[rows]), y[rows]).backward()
        opt.step()
    with torch.no_grad():
        held = pinball(net(x[400:]), y[400:]).item()
    watcher.step(held)
    print(epoch, held)
