# Transferlernen: zuerst Koerper lernen, dann neuer Kopf
import torch
from torch import nn

torch.manual_seed(23)
basis = torch.randn(6, 3)


def aufgabe(n, drehung):
    x = torch.randn(n, 6)
    h = torch.tanh(x @ basis)
    return x, (h @ drehung).argmax(1)


koerper = nn.Sequential(nn.Linear(6, 32), nn.ReLU(), nn.Linear(32, 16), nn.ReLU())
kopf_a = nn.Linear(16, 4)
kopf_b = nn.Linear(16, 3)


def lerne(netz, parameter, x, y, runden, rate):
    opt = torch.optim.Adam(parameter, lr=rate)
    ce = nn.CrossEntropyLoss()
    for r in range(runden):
        summe = 0.0
        for i in torch.randperm(len(x)).split(40):
            opt.zero_grad()
            v = ce(netz(x[i]), y[i])
            v.backward()
            opt.step()
            summe += v.item() * len(i)
        if r % 5 == 4:
            print("  Runde", r + 1, "Verlust", round(summe / len(x), 4))


print("Vortraining")
xa, ya = aufgabe(480, torch.randn(3, 4))
lerne(nn.Sequential(koerper, kopf_a), [*koerper.parameters(), *kopf_a.parameters()], xa, ya, 15, 1e-2)

for p in koerper.parameters():
    p.requires_grad_(False)

print("Neue Aufgabe")
dreh = torch.randn(3, 3)
xb, yb = aufgabe(240, dreh)
netz_b = nn.Sequential(koerper, kopf_b)
lerne(netz_b, [p for p in netz_b.parameters() if p.requires_grad], xb, yb, 30, 1e-2)
xt, yt = aufgabe(200, dreh)
with torch.no_grad():
    print("Treffer", (netz_b(xt).argmax(1) == yt).float().mean().item())
