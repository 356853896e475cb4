import torch
import torch.nn as nn
from torch.optim.lr_scheduler import ReduceLROnPlateau


def accuracy(net, x, y):
    net.eval()
    with torch.no_grad():
        return (net(x).argmax(1) == y).float().mean().item()


def main():
    torch.manual_seed(59)
    x = torch.randn(900, 2) * 1.5
    y = ((x[:, 0] * 2).sin() > x[:, 1]).long() + (x.norm(dim=1) > 2).long()
    xt, yt, xv, yv = x[:700], y[:700], x[700:], y[700:]
    net = nn.Sequential(nn.Linear(2, 50), nn.ReLU(), nn.Linear(50, 50), nn.ReLU(), nn.Linear(50, 3))
    opt = torch.optim.SGD(net.parameters(), lr=0.05)
    plateau = ReduceLROnPlateau(opt, patience=1, factor=0.2)
    for epoch in range(20):
        net.train()
        for b in torch.randperm(700).split(35):
            opt.zero_grad()
            nn.functional.cross_entropy(net(xt[b]), yt[b]).backward()
            opt.step()
        acc = accuracy(net, xv, yv)
        plateau.step(acc)
        if epoch % 2 == 0:
            print(epoch, round(acc, 3), plateau.get_last_lr())


main()
