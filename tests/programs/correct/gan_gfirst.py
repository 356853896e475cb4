import torch
from torch import nn, optim
import torch.nn.functional as F


class Gen(nn.Module):
    def __init__(self, zdim=2):
        super().__init__()
        self.zdim = zdim
        self.body = nn.Sequential(nn.Linear(zdim, 24), nn.ELU(), nn.Linear(24, 1))

    def forward(self, n):
        return self.body(torch.randn(n, self.zdim))


class Disc(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(1, 24), nn.ELU(), nn.Linear(24, 24), nn.ELU(), nn.Linear(24, 1))

    def forward(self, s):
        return self.body(s).squeeze(1)


def sample(n):
    return 0.8 + 0.3 * torch.randn(n, 1)


def train(iterations=500, batch=96):
    gen, disc = Gen(), Disc()
    og = optim.Adam(gen.parameters(), lr=1e-3, betas=(0.5, 0.99))
    od = optim.Adam(disc.parameters(), lr=3e-3, betas=(0.5, 0.99))
    for k in range(iterations):
        # the generator goes first here
        fake = gen(batch)
        g_loss = F.softplus(-disc(fake)).mean()
        og.zero_grad()
        g_loss.backward()
        og.step()

        # whatever the generator left behind in disc is removed here
        disc.zero_grad()
        d_loss = F.softplus(-disc(sample(batch))).mean() + F.softplus(disc(fake.detach())).mean()
        d_loss.backward()
        od.step()

        if k % 100 == 0:
            with torch.no_grad():
                s = gen(500)
            print("iter", k, "d", round(d_loss.item(), 3), "g", round(g_loss.item(), 3),
                  "mean", round(s.mean().item(), 3), "std", round(s.std().item(), 3))
    return gen


torch.manual_seed(40)
generator = train()
with torch.no_grad():
    out = generator(2000)
print("target 0.80/0.30, got %.2f/%.2f" % (out.mean(), out.std()))
