import torch
import torch.nn as nn
from torch.optim.lr_scheduler import CosineAnnealingLR
from torch.utils.data import DataLoader, Dataset


class Moons(Dataset):
    def __init__(self, n, noise=0.1):
        t = torch.rand(n) * torch.pi
        self.y = torch.randint(0, 2, (n,))
        up = torch.stack([t.cos(), t.sin()], 1)
        down = torch.stack([1 - t.cos(), 0.5 - t.sin()], 1)
        self.x = torch.where(self.y[:, None] == 0, up, down) + noise * torch.randn(n, 2)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.x[i], self.y[i].float()


def run(epochs=20):
    torch.manual_seed(4)
    train, test = Moons(300), Moons(200)
    loader = DataLoader(train, 30, shuffle=True)
    net = nn.Sequential(nn.Linear(2, 20), nn.ReLU(), nn.Linear(20, 20), nn.ReLU(), nn.Linear(20, 1))
    opt = torch.optim.Adam(net.parameters(), lr=0.02)
    sch = CosineAnnealingLR(opt, T_max=epochs * len(loader), eta_min=1e-5)
    lossf = nn.BCEWithLogitsLoss()
    for e in range(epochs):
        s = 0.0
        for a, b in loader:
            l = lossf(net(a).squeeze(1), b)
            opt.zero_grad()
            l.backward()
            opt.step()
            sch.step()
            s += l.item()
        if e % 5 == 4:
            with torch.no_grad():
                acc = ((net(test.x).squeeze(1) > 0).long() == test.y).float().mean()
            print(f"{e + 1:3d} loss {s / len(loader):.4f} test {acc:.3f} lr {opt.param_groups[0]['lr']:.2e}")


run()
