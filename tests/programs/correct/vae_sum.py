import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader

torch.manual_seed(42)


class VAE(nn.Module):
    def __init__(self, d=64, z=4):
        super().__init__()
        self.enc = nn.Linear(d, 48)
        self.mu, self.lv = nn.Linear(48, z), nn.Linear(48, z)
        self.dec = nn.Sequential(nn.Linear(z, 48), nn.ReLU(), nn.Linear(48, d))

    def forward(self, x):
        h = F.relu(self.enc(x))
        mu, lv = self.mu(h), self.lv(h)
        z = mu + torch.randn_like(mu) * (0.5 * lv).exp()
        return torch.sigmoid(self.dec(z)), mu, lv


def elbo(rec, x, mu, lv):
    bce = F.binary_cross_entropy(rec, x, reduction="sum")
    kld = -0.5 * torch.sum(1 + lv - mu.pow(2) - lv.exp())
    return bce + kld


def bars(n):
    img = torch.zeros(n, 8, 8)
    for k in range(n):
        p = int(torch.randint(0, 7, (1,)))
        if torch.rand(1) < 0.5:
            img[k, p:p + 2] = 1
        else:
            img[k, :, p:p + 2] = 1
    flip = (torch.rand(n, 8, 8) < 0.02).float()
    return (img - flip).abs().flatten(1)


data = bars(512)
loader = DataLoader(data, batch_size=64, shuffle=True)
model = VAE()
optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
for epoch in range(1, 41):
    train_loss = 0
    for x in loader:
        optimizer.zero_grad()
        rec, mu, lv = model(x)
        loss = elbo(rec, x, mu, lv)
        loss.backward()
        train_loss += loss.item()
        optimizer.step()
    if epoch % 8 == 0:
        print("====> Epoch: {} Average loss: {:.3f}".format(epoch, train_loss / len(data)))
