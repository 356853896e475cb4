import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset, WeightedRandomSampler

torch.manual_seed(41)


def rare(n):
    y = (torch.rand(n) < 0.08).long()
    x = torch.randn(n, 4)
    x[y == 1] += torch.tensor([1.5, -1.5, 1.0, 0.0])
    return x, y


xtr, ytr = rare(900)
xte, yte = rare(600)
counts = torch.bincount(ytr).float()


def recall(net):
    with torch.no_grad():
        p = net(xte).argmax(1)
    return [round((p[yte == c] == c).float().mean().item(), 3) for c in (0, 1)]


def run(loader, criterion, name):
    net = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 2))
    opt = torch.optim.Adam(net.parameters(), lr=5e-3)
    for epoch in range(8):
        t = 0.0
        for x, y in loader:
            opt.zero_grad()
            l = criterion(net(x), y)
            l.backward()
            opt.step()
            t += l.item() / len(loader)
        if epoch in (0, 3, 7):
            print(name, "epoch", epoch, "loss", round(t, 4), "recall per class", recall(net))


ds = TensorDataset(xtr, ytr)
run(DataLoader(ds, 50, shuffle=True), nn.CrossEntropyLoss(weight=counts.sum() / (2 * counts)), "weights")
sampler = WeightedRandomSampler((1 / counts)[ytr], num_samples=900, replacement=True)
run(DataLoader(ds, 50, sampler=sampler), nn.CrossEntropyLoss(), "sampler")
