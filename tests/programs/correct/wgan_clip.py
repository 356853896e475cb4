import torch
import torch.nn as nn
from itertools import count

torch.manual_seed(2)
LATENT, CLIP, EVERY = 3, 0.1, 5

erzeuger = nn.Sequential(nn.Linear(LATENT, 20), nn.ReLU(), nn.Linear(20, 2))
kritiker = nn.Sequential(nn.Linear(2, 40), nn.ReLU(), nn.Linear(40, 40), nn.ReLU(), nn.Linear(40, 1))
opt_e = torch.optim.RMSprop(erzeuger.parameters(), lr=2e-3)
opt_k = torch.optim.RMSprop(kritiker.parameters(), lr=2e-3)
mitte = torch.tensor([1.2, -0.6])


def echte():
    while True:
        yield mitte + torch.randn(64, 2) @ torch.tensor([[0.3, 0.1], [0.0, 0.2]])


strom = echte()
for runde in count(1):
    x = next(strom)
    z = torch.randn(64, LATENT)
    opt_k.zero_grad()
    abstand = kritiker(x).mean() - kritiker(erzeuger(z).detach()).mean()
    (-abstand).backward()
    opt_k.step()
    with torch.no_grad():
        for w in kritiker.parameters():
            w.clamp_(-CLIP, CLIP)

    if runde % EVERY == 0:
        opt_e.zero_grad()
        verlust = -kritiker(erzeuger(torch.randn(64, LATENT))).mean()
        verlust.backward()
        opt_e.step()
    if runde % 100 == 0:
        with torch.no_grad():
            p = erzeuger(torch.randn(500, LATENT)).mean(0)
        print("Runde", runde, "Abstand %.4f" % abstand.item(), "Mittel", [round(v, 2) for v in p.tolist()])
    if runde == 700:
        break
print("Ziel", mitte.tolist())
