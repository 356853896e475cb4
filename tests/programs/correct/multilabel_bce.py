import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(33)
TAGS = 5


def songs(n):
    x = torch.randn(n, 8)
    score = torch.stack([x[:, 0], x[:, 1] - x[:, 2], x[:, 3].abs() - 0.7, x[:, 4] + x[:, 5], -x[:, 6]], 1)
    return x, (score + 0.1 * torch.randn(n, TAGS) > 0).float()


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(8, 48)
        self.out = nn.Linear(48, TAGS)

    def forward(self, x):
        return torch.sigmoid(self.out(F.relu(self.hidden(x))))


def f1(p, t):
    g = (p > 0.5).float()
    tp = (g * t).sum(0)
    return (2 * tp / (g.sum(0) + t.sum(0)).clamp_min(1)).mean().item()


x, t = songs(640)
xv, tv = songs(160)
net = Tagger()
opt = torch.optim.RMSprop(net.parameters(), lr=3e-3, alpha=0.95)
for epoch in range(24):
    net.train()
    acc = 0.0
    order = torch.randperm(640)
    for k in range(0, 640, 40):
        i = order[k:k + 40]
        loss = F.binary_cross_entropy(net(x[i]), t[i])
        opt.zero_grad()
        loss.backward()
        opt.step()
        acc += loss.item() / 16
    if epoch % 4 == 3:
        net.eval()
        with torch.no_grad():
            pv = net(xv)
        print(f"epoch {epoch + 1:2d} train {acc:.4f} valid {F.binary_cross_entropy(pv, tv).item():.4f} f1 {f1(pv, tv):.3f}")
