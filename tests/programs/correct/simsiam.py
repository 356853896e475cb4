import torch
from torch import nn
import torch.nn.functional as F


class Siamese(nn.Module):
    def __init__(self, d_in, d=24):
        super().__init__()
        self.f = nn.Sequential(nn.Linear(d_in, 48), nn.BatchNorm1d(48), nn.ReLU(), nn.Linear(48, d), nn.BatchNorm1d(d))
        self.h = nn.Sequential(nn.Linear(d, 12), nn.BatchNorm1d(12), nn.ReLU(), nn.Linear(12, d))

    def forward(self, u, v):
        zu, zv = self.f(u), self.f(v)
        pu, pv = self.h(zu), self.h(zv)
        return -(F.cosine_similarity(pu, zv.detach()).mean() + F.cosine_similarity(pv, zu.detach()).mean()) / 2


def jitter(x):
    mask = (torch.rand_like(x) > 0.15).float()
    return x * mask + 0.15 * torch.randn_like(x)


def main():
    torch.manual_seed(73)
    n, groups = 384, 4
    g = torch.randint(0, groups, (n,))
    x = torch.randn(groups, 20)[g] * 1.3 + 0.25 * torch.randn(n, 20)
    net = Siamese(20)
    opt = torch.optim.SGD(net.parameters(), lr=0.08, momentum=0.9, weight_decay=1e-4)
    epochs = 24
    sch = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=epochs)
    for ep in range(epochs):
        net.train()
        s = 0.0
        for idx in torch.randperm(n).split(64):
            opt.zero_grad()
            loss = net(jitter(x[idx]), jitter(x[idx]))
            loss.backward()
            opt.step()
            s += loss.item() / 6
        sch.step()
        if ep % 6 == 5:
            net.eval()
            with torch.no_grad():
                z = F.normalize(net.f(x), dim=1)
            near = (z @ z.T).fill_diagonal_(-1).argmax(1)
            print(f"{ep + 1:2d} loss {s:.4f} knn {(g[near] == g).float().mean():.3f}")


main()
