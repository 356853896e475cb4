import torch
import torch.nn as nn
import torch.nn.functional as F


class Lookahead:
    def __init__(self, inner, k=5, alpha=0.5):
        self.inner, self.k, self.alpha, self.t = inner, k, alpha, 0
        self.slow = [[p.detach().clone() for p in g["params"]] for g in inner.param_groups]

    def zero_grad(self):
        self.inner.zero_grad()

    def step(self):
        self.inner.step()
        self.t += 1
        if self.t % self.k == 0:
            with torch.no_grad():
                for group, slow in zip(self.inner.param_groups, self.slow):
                    for p, s in zip(group["params"], slow):
                        s.add_(p - s, alpha=self.alpha)
                        p.copy_(s)


def checkerboard(n):
    p = torch.rand(n, 2) * 3
    return (p - 1.5), (p.floor().sum(1) % 2).long()


torch.manual_seed(7)
xa, ya = checkerboard(900)
xb, yb = checkerboard(300)
net = nn.Sequential(nn.Linear(2, 64), nn.ReLU(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 2))
opt = Lookahead(torch.optim.Adam(net.parameters(), lr=1.5e-2))
for epoch in range(35):
    order = torch.randperm(900)
    tot = 0.0
    for i in range(0, 900, 90):
        b = order[i:i + 90]
        loss = F.cross_entropy(net(xa[b]), ya[b])
        opt.zero_grad()
        loss.backward()
        opt.step()
        tot += loss.item() / 10
    if epoch % 7 == 6:
        with torch.no_grad():
            acc = (net(xb).argmax(1) == yb).float().mean()
        print(f"after {epoch + 1} epochs: loss {tot:.4f}, new points {acc:.3f}")
