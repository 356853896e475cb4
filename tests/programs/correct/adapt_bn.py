# Ein Sensor driftet: nur die Statistik der Normierung wird nachgefuehrt
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(29)
achse = torch.randn(3, 6)


def messung(n, drift=0.0):
    y = torch.randint(0, 3, (n,))
    x = achse[y] * 1.5 + 0.6 * torch.randn(n, 6)
    return x * (1 + drift) + 2.0 * drift, y


x, y = messung(450)
lader = DataLoader(TensorDataset(x, y), batch_size=45, shuffle=True)
netz = nn.Sequential(nn.BatchNorm1d(6), nn.Linear(6, 24), nn.BatchNorm1d(24), nn.ReLU(), nn.Linear(24, 3))
opt = torch.optim.Adam(netz.parameters(), lr=6e-3)
fehler = nn.CrossEntropyLoss()
for epoche in range(10):
    netz.train()
    summe = 0.0
    for a, b in lader:
        opt.zero_grad()
        v = fehler(netz(a), b)
        v.backward()
        opt.step()
        summe += v.item()
    if epoche % 3 == 0:
        print("Epoche", epoche, "Verlust", round(summe / len(lader), 4))


def treffer(x, y):
    netz.eval()
    with torch.no_grad():
        return round((netz(x).argmax(1) == y).float().mean().item(), 3)


xd, yd = messung(300, drift=0.8)
print("vorher", treffer(xd, yd))
netz.train()
with torch.no_grad():
    for _ in range(5):
        for teil in messung(300, drift=0.8)[0].split(60):
            netz(teil)
print("nachher", treffer(xd, yd))
