import math
import torch
import torch.nn as nn

torch.manual_seed(12)
Z = 4


def real(n):
    a = torch.rand(n) * 2 * math.pi
    r = 1.0 + 0.05 * torch.randn(n)
    return torch.stack((r * a.cos(), r * a.sin()), dim=1)


G = nn.Sequential(nn.Linear(Z, 48), nn.ReLU(), nn.Linear(48, 48), nn.ReLU(), nn.Linear(48, 2))
D = nn.Sequential(nn.Linear(2, 32), nn.LeakyReLU(0.2), nn.Linear(32, 32), nn.LeakyReLU(0.2), nn.Linear(32, 1))
optG = torch.optim.Adam(G.parameters(), lr=1e-3, betas=(0.5, 0.99))
optD = torch.optim.Adam(D.parameters(), lr=3e-3, betas=(0.5, 0.99))
bce = nn.BCEWithLogitsLoss()
B = 64
ones, zeros = torch.ones(B, 1), torch.zeros(B, 1)

for it in range(601):
    # discriminator
    optD.zero_grad()
    fake = G(torch.randn(B, Z))
    lossD = bce(D(real(B)), ones) + bce(D(fake.detach()), zeros)
    lossD.backward()
    optD.step()

    # generator
    optG.zero_grad()
    lossG = bce(D(fake), ones)
    lossG.backward()
    optG.step()

    if it % 100 == 0:
        with torch.no_grad():
            radius = G(torch.randn(256, Z)).norm(dim=1)
        print(f"it {it:3d} D {lossD.item():.3f} G {lossG.item():.3f} radius {radius.mean():.3f} +- {radius.std():.3f}")
