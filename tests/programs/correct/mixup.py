import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.distributions import Beta
from torch.utils.data import DataLoader, TensorDataset


def mix(x, y, alpha):
    lam = Beta(alpha, alpha).sample().item()
    other = torch.randperm(len(x))
    return lam * x + (1 - lam) * x[other], y, y[other], lam


def clouds(n):
    y = torch.randint(0, 3, (n,))
    c = torch.tensor([[0.0, 2.0, 0.0], [2.0, 0.0, 0.0], [-1.5, -1.5, 1.0]])
    return TensorDataset(c[y] + 0.6 * torch.randn(n, 3), y)


torch.manual_seed(86)
train = DataLoader(clouds(480), batch_size=40, shuffle=True)
test = DataLoader(clouds(240), batch_size=120)
net = nn.Sequential(nn.Linear(3, 48), nn.ReLU(), nn.Linear(48, 3))
opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9, weight_decay=1e-4)
sched = torch.optim.lr_scheduler.MultiStepLR(opt, milestones=[10, 15], gamma=0.2)
for epoch in range(18):
    total = 0.0
    for x, y in train:
        xm, ya, yb, lam = mix(x, y, 0.3)
        out = net(xm)
        loss = lam * F.cross_entropy(out, ya) + (1 - lam) * F.cross_entropy(out, yb)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item()
    sched.step()
    if epoch % 3 == 2:
        hits = 0
        with torch.no_grad():
            for x, y in test:
                hits += (net(x).argmax(1) == y).sum().item()
        print("epoch", epoch + 1, "mixed loss", round(total / len(train), 3), "test", round(hits / 240, 3))
