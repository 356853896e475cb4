import torch
import torch.nn as nn
from torch.utils.data import TensorDataset, DataLoader
from torch.optim.lr_scheduler import ChainedScheduler, ConstantLR, ExponentialLR


def build():
    return nn.Sequential(nn.Linear(8, 24), nn.LayerNorm(24), nn.ReLU(), nn.Linear(24, 2))


def one_epoch(net, loader, opt, fn):
    net.train()
    acc = 0.0
    for x, y in loader:
        opt.zero_grad()
        loss = fn(net(x), y)
        loss.backward()
        opt.step()
        acc += loss.item() * x.size(0)
    return acc / len(loader.dataset)


def check(net, loader, fn):
    net.eval()
    acc = 0.0
    with torch.no_grad():
        for x, y in loader:
            acc += fn(net(x), y).item() * x.size(0)
    return acc / len(loader.dataset)


if __name__ == "__main__":
    torch.manual_seed(65)
    A = torch.randn(8, 2)
    x = torch.randn(500, 8)
    y = torch.relu(x @ A) + 0.1 * torch.randn(500, 2)
    tr = DataLoader(TensorDataset(x[:400], y[:400]), batch_size=25, shuffle=True)
    va = DataLoader(TensorDataset(x[400:], y[400:]), batch_size=50)
    net, fn = build(), nn.MSELoss()
    opt = torch.optim.RMSprop(net.parameters(), lr=4e-3)
    sched = ChainedScheduler([ConstantLR(opt, factor=0.3, total_iters=3), ExponentialLR(opt, gamma=0.9)])
    for e in range(25):
        t = one_epoch(net, tr, opt, fn)
        v = check(net, va, fn)
        sched.step()
        if e % 6 == 0:
            print("epoch %d train %.4f valid %.4f next lr %.6f" % (e, t, v, sched.get_last_lr()[0]))
