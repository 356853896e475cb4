import torch
import torch.nn.functional as F


def spiral(n, gen):
    t = torch.rand(n, generator=gen) * 3.0
    k = torch.randint(0, 2, (n,), generator=gen)
    ang = t * 2.0 + k * 3.14159
    pts = torch.stack([t * torch.cos(ang), t * torch.sin(ang)], 1)
    return pts + 0.05 * torch.randn(n, 2, generator=gen), k


class Learner:
    def __init__(self):
        self.w = torch.nn.Sequential(
            torch.nn.Linear(2, 48), torch.nn.Tanh(),
            torch.nn.Linear(48, 48), torch.nn.Tanh(),
            torch.nn.Linear(48, 2))
        self.o = torch.optim.Adam(self.w.parameters(), lr=6e-3)

    def big_step(self, x, k, micro):
        """One update for the whole of x, computed piece by piece."""
        self.o.zero_grad()
        seen = 0.0
        for xs, ks in zip(x.split(micro), k.split(micro)):
            piece = F.cross_entropy(self.w(xs), ks, reduction="sum") / len(x)
            piece.backward()
            seen += piece.item()
        self.o.step()
        return seen

    @torch.no_grad()
    def accuracy(self, x, k):
        return (self.w(x).argmax(1) == k).float().mean().item()


torch.manual_seed(0)
g = torch.Generator().manual_seed(11)
xtr, ktr = spiral(420, g)
xte, kte = spiral(150, g)
learner = Learner()
for ep in range(40):
    order = torch.randperm(len(xtr), generator=g)
    tot = 0.0
    for idx in order.split(128):
        tot += learner.big_step(xtr[idx], ktr[idx], micro=48) * len(idx)
    if ep % 8 == 0 or ep == 39:
        print("Epoch", ep, "loss", round(tot / len(xtr), 4), "acc", round(learner.accuracy(xte, kte), 3))
