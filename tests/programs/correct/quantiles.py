import torch
import torch.nn as nn

torch.manual_seed(7)
LEVELS = torch.tensor([0.1, 0.5, 0.9])


def pinball(pred, target):
    e = target - pred  # (n, 1) against (n, 3)
    return torch.maximum(LEVELS * e, (LEVELS - 1) * e).mean()


def draw(n):
    x = torch.rand(n, 1) * 2 - 1
    return x, x.sin() * 2 + (0.2 + 0.4 * x.abs()) * torch.randn(n, 1)


def generator(x, y, size):
    while True:
        p = torch.randperm(len(x))
        for k in range(0, len(x), size):
            yield x[p[k:k + size]], y[p[k:k + size]]


x, y = draw(700)
net = nn.Sequential(nn.Linear(1, 32), nn.ReLU(), nn.Linear(32, 3))
opt = torch.optim.Adam(net.parameters(), lr=6e-3)
sch = torch.optim.lr_scheduler.MultiStepLR(opt, milestones=[250, 350], gamma=0.3)
feed = generator(x, y, 50)
mean = 0.0
for step in range(1, 421):
    a, b = next(feed)
    loss = pinball(net(a), b)
    opt.zero_grad()
    loss.backward()
    opt.step()
    sch.step()
    mean += loss.item() / 70
    if step % 70 == 0:
        print("step", step, "pinball", round(mean, 4), "lr", sch.get_last_lr()[0])
        mean = 0.0
with torch.no_grad():
    xt, yt = draw(1000)
    print("coverage", (yt < net(xt)).float().mean(0).tolist())
