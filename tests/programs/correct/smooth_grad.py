# classificador com penalidade no gradiente da entrada
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import TensorDataset, DataLoader


class Rede(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.c1 = nn.Linear(2, n)
        self.c2 = nn.Linear(n, n)
        self.c3 = nn.Linear(n, 2)

    def forward(self, x):
        return self.c3(F.softplus(self.c2(F.softplus(self.c1(x)))))


def treinar(rede, dl, otim, forca):
    soma_ce = soma_pen = 0.0
    for x, y in dl:
        x = x.clone().requires_grad_(True)
        ce = F.cross_entropy(rede(x), y)
        g, = torch.autograd.grad(ce, x, create_graph=True)
        pen = (g * len(x)).pow(2).sum(1).mean()
        otim.zero_grad()
        (ce + forca * pen).backward()
        otim.step()
        soma_ce += ce.item()
        soma_pen += pen.item()
    return soma_ce / len(dl), soma_pen / len(dl)


if __name__ == "__main__":
    torch.manual_seed(92)
    y = torch.randint(0, 2, (480,))
    x = torch.randn(480, 2) * 0.6 + torch.where(y[:, None] == 1, torch.tensor([1.0, 1.0]), torch.tensor([-1.0, 0.0]))
    dl = DataLoader(TensorDataset(x, y), batch_size=48, shuffle=True)
    rede = Rede(24)
    otim = torch.optim.Adam(rede.parameters(), lr=5e-3)
    for ep in range(20):
        ce, pen = treinar(rede, dl, otim, 0.02)
        if ep % 5 == 4:
            print(f"epoca {ep + 1} ce {ce:.4f} penalidade {pen:.4f}")
    with torch.no_grad():
        print("acerto", round((rede(x).argmax(1) == y).float().mean().item(), 3))
