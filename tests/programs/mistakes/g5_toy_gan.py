import torch
import torch.nn as nn
import torch.nn.functional as F


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, z):
        return self.net(z)


class Discriminator(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(1, 16), nn.LeakyReLU(0.2), nn.Linear(16, 1))

    def forward(self, x):
        return self.net(x)


def real(n):
    return 3.0 + 0.5 * torch.randn(n, 1)


torch.manual_seed(6)
gen, dis = Generator(), Discriminator()
opt_gen = torch.optim.Adam(gen.parameters(), lr=5e-3, betas=(0.5, 0.9))
opt_dis = torch.optim.Adam(dis.parameters(), lr=5e-3, betas=(0.5, 0.9))
ones, zeros = torch.ones(64, 1), torch.zeros(64, 1)

for it in range(200):
    # discriminator
    fake = gen(torch.randn(64, 4)).detach()
    d_loss = F.binary_cross_entropy_with_logits(dis(real(64)), ones) \
        + F.binary_cross_entropy_with_logits(dis(fake), zeros)
    d_loss.backward()
    opt_dis.step()
    # generator
    opt_gen.zero_grad()
    g_loss = F.binary_cross_entropy_with_logits(dis(gen(torch.randn(64, 4))), ones)
    g_loss.backward()
    opt_gen.step()
    if (it + 1) % 40 == 0:
        with torch.no_grad():
            sample = gen(torch.randn(500, 4))
        print(it + 1, "D", round(d_loss.item(), 3), "G", round(g_loss.item(), 3),
              "mean", round(sample.mean().item(), 2))
