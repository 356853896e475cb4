import torch
import torch.nn as nn

torch.manual_seed(15)


def make_data(n=400):
    x = torch.randn(n, 3)
    y = (x.pow(2).sum(1) > 2.4).long()
    return x, y


def iterate(x, y, bs):
    idx = torch.randperm(len(x))
    for lo in range(0, len(x), bs):
        sel = idx[lo:lo + bs]
        yield x[sel], y[sel]


x, y = make_data()
net = nn.Sequential(nn.Linear(3, 40), nn.ReLU(), nn.Linear(40, 2))
theta = list(net.parameters())
momentum = [torch.zeros_like(p) for p in theta]
loss_fn = nn.CrossEntropyLoss()
for epoch in range(40):
    s = k = 0
    for xb, yb in iterate(x, y, 40):
        loss = loss_fn(net(xb), yb)
        grads = torch.autograd.grad(loss, theta)
        with torch.no_grad():
            for p, g, m in zip(theta, grads, momentum):
                m.mul_(0.9).add_(g)
                p.sub_(0.1 * m)
        s += loss.item()
        k += 1
    if epoch % 8 == 7:
        print("epoch %2d  loss %.4f" % (epoch, s / k))
with torch.no_grad():
    xt, yt = make_data(300)
    print("fresh accuracy %.3f" % (net(xt).argmax(1) == yt).float().mean())
