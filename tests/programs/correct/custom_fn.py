import torch
from torch import nn


class StraightThrough(torch.autograd.Function):
    """Sign in the forward direction, clipped identity backwards."""

    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return torch.where(x >= 0, 1.0, -1.0)

    @staticmethod
    def backward(ctx, g):
        (x,) = ctx.saved_tensors
        return g * (x.abs() <= 1.5)


class Binary(nn.Module):
    def __init__(self, d, h, k):
        super().__init__()
        self.a = nn.Linear(d, h)
        self.n = nn.BatchNorm1d(h)
        self.b = nn.Linear(h, k)

    def forward(self, x):
        return self.b(StraightThrough.apply(self.n(self.a(x))))


torch.manual_seed(97)
k = torch.randint(0, 4, (512,))
x = torch.randn(4, 12)[k] + 0.7 * torch.randn(512, 12)
net = Binary(12, 40, 4)
opt = torch.optim.Adam(net.parameters(), lr=6e-3)
ce = nn.CrossEntropyLoss()
for ep in range(12):
    net.train()
    s = 0.0
    for i in torch.randperm(400).split(40):
        opt.zero_grad()
        loss = ce(net(x[i]), k[i])
        loss.backward()
        opt.step()
        s += loss.item() / 10
    net.eval()
    with torch.no_grad():
        acc = (net(x[400:]).argmax(1) == k[400:]).float().mean().item()
    if ep % 2:
        print("epoch", ep, "loss", round(s, 4), "held-out acc", round(acc, 3))
