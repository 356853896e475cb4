import torch
from torch import nn, optim

torch.manual_seed(21)

# kleine Bilder mit einem hellen Balken
anzahl = 256
bilder = torch.zeros(anzahl, 1, 8, 8)
for i in range(anzahl):
    zeile = int(torch.randint(0, 8, (1,)))
    if i % 2:
        bilder[i, 0, zeile, :] = 1.0
    else:
        bilder[i, 0, :, zeile] = 1.0


class Autoencoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.kodierer = nn.Sequential(nn.Flatten(), nn.Linear(64, 32), nn.ReLU(), nn.Linear(32, 10))
        self.dekodierer = nn.Sequential(nn.Linear(10, 32), nn.ReLU(), nn.Linear(32, 64))

    def forward(self, x):
        return self.dekodierer(self.kodierer(x)).view(-1, 1, 8, 8)


netz = Autoencoder()
verlustfunktion = nn.MSELoss()
optimierer = optim.AdamW(netz.parameters(), lr=0.004)


def eine_epoche():
    summe = 0.0
    mischung = torch.randperm(anzahl)
    for teil in mischung.split(32):
        x = bilder[teil]
        rekonstruktion = netz(x)
        verlust = verlustfunktion(rekonstruktion, x)
        verlust.backward()
        optimierer.step()
        summe += verlust.item()
    return summe / 8


for epoche in range(1, 16):
    mittel = eine_epoche()
    if epoche % 3 == 0:
        print(f"Epoche {epoche:2d}  Verlust {mittel:.5f}")
