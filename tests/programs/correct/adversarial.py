import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(69)
EPS = 0.5


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.f = nn.Sequential(nn.Linear(2, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(0.1), nn.Linear(32, 3))

    def forward(self, x):
        return self.f(x)


def attack(net, x, y, steps=3):
    was = net.training
    net.eval()
    delta = torch.zeros_like(x).uniform_(-EPS, EPS)
    for _ in range(steps):
        delta.requires_grad_(True)
        loss = F.cross_entropy(net(x + delta), y)
        (g,) = torch.autograd.grad(loss, delta)
        delta = (delta.detach() + 0.25 * g.sign()).clamp(-EPS, EPS)
    net.train(was)
    return (x + delta).detach()


def cloud(n):
    y = torch.randint(0, 3, (n,))
    a = y * 2.094
    return torch.stack([a.cos(), a.sin()], 1) * 2 + 0.5 * torch.randn(n, 2), y


x, y = cloud(360)
xt, yt = cloud(240)
net = Net()
opt = torch.optim.Adam(net.parameters(), lr=8e-3)
for epoch in range(12):
    net.train()
    tot = 0.0
    for i in torch.randperm(360).split(60):
        xa = attack(net, x[i], y[i])
        opt.zero_grad()
        loss = 0.5 * F.cross_entropy(net(x[i]), y[i]) + 0.5 * F.cross_entropy(net(xa), y[i])
        loss.backward()
        opt.step()
        tot += loss.item() / 6
    if epoch % 3 == 2:
        net.eval()
        bad = attack(net, xt, yt)
        with torch.no_grad():
            clean, robust = [(net(v).argmax(1) == yt).float().mean().item() for v in (xt, bad)]
        print(f"epoch {epoch + 1} loss {tot:.4f} clean {clean:.3f} attacked {robust:.3f}")
