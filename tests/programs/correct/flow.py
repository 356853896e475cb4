import math
import torch
import torch.nn as nn

torch.manual_seed(93)


class Coupling(nn.Module):
    def __init__(self, flip):
        super().__init__()
        self.flip = flip
        self.net = nn.Sequential(nn.Linear(1, 24), nn.ReLU(), nn.Linear(24, 24), nn.ReLU(), nn.Linear(24, 2))

    def forward(self, x):
        a, b = x.chunk(2, 1)
        if self.flip:
            a, b = b, a
        s, t = self.net(a).chunk(2, 1)
        s = torch.tanh(s)
        b = b * s.exp() + t
        out = torch.cat([b, a], 1) if self.flip else torch.cat([a, b], 1)
        return out, s.sum(1)


class RealNVP(nn.Module):
    def __init__(self, depth=4):
        super().__init__()
        self.steps = nn.ModuleList([Coupling(i % 2 == 1) for i in range(depth)])

    def log_prob(self, x):
        total = 0.0
        for s in self.steps:
            x, ld = s(x)
            total = total + ld
        base = -0.5 * x.pow(2).sum(1) - math.log(2 * math.pi)
        return base + total


def banana(n):
    a = torch.randn(n)
    return torch.stack([a, 0.7 * a ** 2 - 0.7 + 0.3 * torch.randn(n)], 1)


flow = RealNVP()
opt = torch.optim.Adam(flow.parameters(), lr=5e-3)
held = banana(400)
for step in range(241):
    nll = -flow.log_prob(banana(96)).mean()
    opt.zero_grad()
    nll.backward()
    nn.utils.clip_grad_norm_(flow.parameters(), 5.0)
    opt.step()
    if step % 40 == 0:
        with torch.no_grad():
            v = -flow.log_prob(held).mean().item()
        print("step", step, "nll", round(nll.item(), 3), "held out", round(v, 3))
