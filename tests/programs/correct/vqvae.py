import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(89)


class Codebook(nn.Module):
    def __init__(self, k, d, beta=0.25):
        super().__init__()
        self.table = nn.Embedding(k, d)
        nn.init.normal_(self.table.weight, std=0.5)
        self.beta = beta

    def forward(self, z):
        idx = torch.cdist(z, self.table.weight).argmin(1)
        q = self.table(idx)
        extra = F.mse_loss(q, z.detach()) + self.beta * F.mse_loss(z, q.detach())
        return z + (q - z).detach(), extra, idx


def motifs(n):
    t = torch.linspace(0, 1, 24)
    k = torch.randint(1, 6, (n, 1))
    return torch.sin(6.2832 * k * t) + 0.1 * torch.randn(n, 24)


enc = nn.Sequential(nn.Linear(24, 32), nn.ReLU(), nn.Linear(32, 4))
dec = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 24))
book = Codebook(12, 4)
opt = torch.optim.Adam(nn.ModuleList([enc, dec, book]).parameters(), lr=5e-3)
x = motifs(480)
for epoch in range(20):
    rec_sum, used = 0.0, set()
    for i in torch.randperm(480).split(40):
        q, extra, idx = book(enc(x[i]))
        rec = F.mse_loss(dec(q), x[i])
        loss = rec + extra
        opt.zero_grad()
        loss.backward()
        opt.step()
        rec_sum += rec.item() / 12
        used.update(idx.tolist())
    if epoch % 4 == 3:
        print("epoch", epoch + 1, "reconstruction", round(rec_sum, 4), "codes used", len(used))
