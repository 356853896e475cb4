import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(16)


def rings(n):
    lab = torch.arange(n) % 3
    rad = 0.6 + lab * 0.7 + 0.15 * torch.randn(n)
    ang = torch.rand(n) * 6.2832
    return TensorDataset(torch.stack((rad * ang.sin(), rad * ang.cos()), 1), lab)


train_dl = DataLoader(rings(450), batch_size=30, shuffle=True)
val_dl = DataLoader(rings(300), batch_size=100)
net = nn.Sequential(nn.Linear(2, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 3))
opt = torch.optim.SGD(net.parameters(), lr=0.2, momentum=0.8)
sched = torch.optim.lr_scheduler.ReduceLROnPlateau(opt, mode="max", factor=0.5, patience=1)
best = 0.0


def val_accuracy():
    net.eval()
    hit = tot = 0
    with torch.no_grad():
        for a, b in val_dl:
            hit += (net(a).argmax(1) == b).sum().item()
            tot += len(b)
    return hit / tot


for epoch in range(20):
    net.train()
    for a, b in train_dl:
        opt.zero_grad()
        loss = F.cross_entropy(net(a), b)
        loss.backward()
        opt.step()
    acc = val_accuracy()
    best = max(best, acc)
    sched.step(acc)
    if epoch % 4 == 3:
        print(f"epoch {epoch + 1}: last batch loss {loss.item():.3f}, val acc {acc:.3f}, best {best:.3f}, "
              f"lr {opt.param_groups[0]['lr']:.4f}")
