import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset


def net():
    torch.manual_seed(1)
    return nn.Sequential(nn.Linear(7, 30), nn.ReLU(), nn.Linear(30, 1))


def search(loader, lo=1e-5, hi=2.0, n=70):
    """Raise the rate geometrically and watch the loss."""
    model, fn = net(), nn.MSELoss()
    opt = torch.optim.SGD(model.parameters(), lr=lo)
    sch = torch.optim.lr_scheduler.ExponentialLR(opt, gamma=(hi / lo) ** (1 / n))
    curve, avg, k = [], None, 0
    while k < n:
        for x, y in loader:
            opt.zero_grad()
            loss = fn(model(x), y)
            loss.backward()
            avg = loss.item() if avg is None else 0.8 * avg + 0.2 * loss.item()
            curve.append((opt.param_groups[0]["lr"], avg))
            if avg > 4 * min(c[1] for c in curve):
                k = n
                break
            opt.step()
            sch.step()
            k += 1
            if k >= n:
                break
    best = min(curve, key=lambda c: c[1])[0]
    return best / 10 ** 0.5, len(curve)


torch.manual_seed(0)
x = torch.randn(600, 7)
y = (x[:, :3].sum(1, keepdim=True) / 2).sin() + x[:, 3:4] + 0.1 * torch.randn(600, 1)
dl = DataLoader(TensorDataset(x, y), batch_size=50, shuffle=True)
rate, tried = search(dl)
print("tried", tried, "rates, chosen", round(rate, 5))

model, fn = net(), nn.MSELoss()
opt = torch.optim.SGD(model.parameters(), lr=rate)
for ep in range(20):
    s = 0.0
    for a, b in dl:
        opt.zero_grad()
        loss = fn(model(a), b)
        loss.backward()
        opt.step()
        s += loss.item()
    if ep % 5 == 4:
        print("epoch", ep + 1, round(s / len(dl), 4))
