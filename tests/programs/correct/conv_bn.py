import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from types import SimpleNamespace

cfg = SimpleNamespace(seed=28, epochs=6, batch=64, lr=0.03, wd=5e-4, n_train=448, n_test=192)


def block(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True), nn.MaxPool2d(2))


def crosses(n):
    y = torch.randint(0, 2, (n,))
    x = torch.randn(n, 1, 8, 8) * 0.4
    for k in range(n):
        r, c = torch.randint(1, 7, (2,)).tolist()
        if y[k]:
            x[k, 0, r - 1:r + 2, c] += 1.2
            x[k, 0, r, c - 1:c + 2] += 1.2
        else:
            for d in (-1, 0, 1):
                x[k, 0, r + d, c + d] += 1.5
                x[k, 0, r + d, c - d] += 1.5
    return TensorDataset(x, y)


def main():
    torch.manual_seed(cfg.seed)
    train = DataLoader(crosses(cfg.n_train), cfg.batch, shuffle=True)
    test = DataLoader(crosses(cfg.n_test), cfg.batch)
    net = nn.Sequential(block(1, 12), block(12, 24), nn.Flatten(), nn.Linear(96, 2))
    opt = torch.optim.SGD(net.parameters(), lr=cfg.lr, momentum=0.9, weight_decay=cfg.wd, nesterov=True)
    sched = torch.optim.lr_scheduler.CosineAnnealingLR(opt, cfg.epochs)
    loss_fn = nn.CrossEntropyLoss()
    for ep in range(cfg.epochs):
        net.train()
        tot = 0.0
        for x, y in train:
            loss = loss_fn(net(x), y)
            opt.zero_grad()
            loss.backward()
            opt.step()
            tot += loss.item() * len(y)
        sched.step()
        net.eval()
        ok = 0
        with torch.no_grad():
            for x, y in test:
                ok += (net(x).argmax(1) == y).sum().item()
        print(f"epoch {ep} train loss {tot / cfg.n_train:.4f} test acc {ok / cfg.n_test:.3f}")


main()
