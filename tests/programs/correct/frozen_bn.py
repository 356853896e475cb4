import torch
from torch import nn
from torch.nn import functional as F


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(1, 8, 3, padding=1), nn.BatchNorm2d(8), nn.ReLU())
        self.rest = nn.Sequential(nn.Conv2d(8, 8, 3, stride=2), nn.ReLU(), nn.Dropout(0.1), nn.Flatten())
        self.fc = nn.Linear(72, 3)

    def forward(self, x):
        return self.fc(self.rest(self.stem(x)))

    def train(self, mode=True):
        super().train(mode)
        if mode and getattr(self, "fix_norm", False):
            for m in self.modules():
                if isinstance(m, nn.BatchNorm2d):
                    m.eval()
        return self


def shapes(n, brightness):
    y = torch.randint(0, 3, (n,))
    x = torch.randn(n, 1, 8, 8) * 0.3 + brightness
    x[y == 0, 0, 2:6, 2:6] += 1
    x[y == 1, 0, 0, :] += 1.5
    x[y == 2, 0, :, 0] += 1.5
    return x, y


def epoch(net, opt, x, y):
    net.train()
    total = 0.0
    for i in torch.randperm(len(x)).split(32):
        loss = F.cross_entropy(net(x[i]), y[i])
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item() * len(i)
    return total / len(x)


torch.manual_seed(58)
net = Model()
x, y = shapes(256, 0.0)
opt = torch.optim.Adam(net.parameters(), lr=5e-3)
for e in range(5):
    print("pre ", e, round(epoch(net, opt, x, y), 4))
net.fix_norm = True
x, y = shapes(128, 0.4)
xv, yv = shapes(100, 0.4)
opt = torch.optim.Adam(net.parameters(), lr=1e-3)
for e in range(8):
    loss = epoch(net, opt, x, y)
    net.eval()
    with torch.no_grad():
        acc = (net(xv).argmax(1) == yv).float().mean().item()
    print("tune", e, round(loss, 4), "val", round(acc, 3))
