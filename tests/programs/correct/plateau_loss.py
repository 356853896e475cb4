import torch
from torch import nn
from torch.optim.lr_scheduler import ReduceLROnPlateau


class Setup:
    hidden = 32
    lr = 0.1
    epochs = 36
    size = 50


def synth(n):
    x = torch.randn(n, 5)
    y = x[:, 0] * x[:, 1] + torch.cos(x[:, 2]) - 0.5 * x[:, 3]
    return x, y + 0.1 * torch.randn(n)


class Regressor(nn.Module):
    def __init__(self, h):
        super().__init__()
        self.inp = nn.Linear(5, h)
        self.mid = nn.Linear(h, h)
        self.out = nn.Linear(h, 1)
        self.drop = nn.Dropout(0.02)

    def forward(self, x):
        h = torch.tanh(self.inp(x))
        h = self.drop(torch.tanh(self.mid(h)))
        return self.out(h).squeeze(-1)


torch.manual_seed(71)
x, y = synth(800)
xv, yv = synth(200)
net = Regressor(Setup.hidden)
opt = torch.optim.SGD(net.parameters(), lr=Setup.lr, momentum=0.9)
plateau = ReduceLROnPlateau(opt, factor=0.4, patience=2, threshold=1e-3)
fn = nn.MSELoss()
for e in range(Setup.epochs):
    net.train()
    tr = 0.0
    for idx in torch.randperm(800).split(Setup.size):
        loss = fn(net(x[idx]), y[idx])
        opt.zero_grad()
        loss.backward()
        opt.step()
        tr += loss.item() * len(idx) / 800
    net.eval()
    with torch.no_grad():
        val = fn(net(xv), yv).item()
    plateau.step(val)
    if e % 6 == 5:
        print(f"{e + 1} train {tr:.4f} val {val:.4f} lr {opt.param_groups[0]['lr']:.5f}")
