import torch
from torch import nn, optim


class Denoiser(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.encode = nn.Linear(n, 8)
        self.decode = nn.Linear(8, n)

    def forward(self, v):
        v = nn.functional.dropout(v, p=0.3, training=True)
        return self.decode(torch.relu(self.encode(v)))


def messwerte(n):
    faktor = torch.randn(n, 3)
    mischung = torch.randn(3, 10, generator=torch.Generator().manual_seed(1))
    return faktor @ mischung


def pruefen(netz, daten):
    netz.eval()
    with torch.no_grad():
        fehler = nn.functional.mse_loss(netz(daten), daten).item()
    netz.train()
    return fehler


torch.manual_seed(3008)
daten, probe = messwerte(320), messwerte(80)
netz = Denoiser(10)
opt = optim.RMSprop(netz.parameters(), lr=5e-3)
for epoche in range(10):
    for teil in daten[torch.randperm(320)].split(32):
        opt.zero_grad()
        verlust = nn.functional.mse_loss(netz(teil), teil)
        verlust.backward()
        opt.step()
    print(f"Epoche {epoche}: Probe {pruefen(netz, probe):.4f}")
