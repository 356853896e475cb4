import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, Dataset


class TwoViews(Dataset):
    def __init__(self, n):
        self.label = torch.randint(0, 5, (n,))
        self.x = torch.randn(5, 1, 8, 8)[self.label] + 0.8 * torch.randn(n, 1, 8, 8)

    def view(self, img):
        if torch.rand(()) < 0.5:
            img = img.roll(1, dims=-1)
        return img + 0.2 * torch.randn_like(img)

    def __getitem__(self, i):
        return self.view(self.x[i]), self.view(self.x[i])

    def __len__(self):
        return len(self.x)


def info_nce(a, b, temp):
    a, b = F.normalize(a, dim=1), F.normalize(b, dim=1)
    logits = a @ b.T / temp
    who = torch.arange(len(a))
    return 0.5 * (F.cross_entropy(logits, who) + F.cross_entropy(logits.T, who))


torch.manual_seed(79)
ds = TwoViews(192)
loader = DataLoader(ds, batch_size=32, shuffle=True, drop_last=True)
encoder = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.Flatten(), nn.Linear(288, 32))
projector = nn.Sequential(nn.ReLU(), nn.Linear(32, 16))
log_temp = nn.Parameter(torch.tensor(0.3).log())
opt = torch.optim.Adam([*encoder.parameters(), *projector.parameters(), log_temp], lr=8e-3)
for epoch in range(28):
    s = 0.0
    for u, v in loader:
        loss = info_nce(projector(encoder(u)), projector(encoder(v)), log_temp.exp())
        opt.zero_grad()
        loss.backward()
        opt.step()
        s += loss.item() / len(loader)
    if epoch % 5 == 2:
        with torch.no_grad():
            z = F.normalize(encoder(ds.x), dim=1)
        near = (z @ z.T).fill_diagonal_(-1).argmax(1)
        print(f"epoch {epoch:2d} loss {s:.4f} temp {log_temp.exp().item():.3f} "
              f"neighbour {(ds.label[near] == ds.label).float().mean():.3f}")
