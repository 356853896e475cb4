import torch
import torch.nn as nn
import torch.nn.functional as F


class Treinador:
    """Treina uma rede pequena com lotes virtuais."""

    def __init__(self, rede, taxa, micro):
        self.rede = rede
        self.micro = micro
        self.otimizador = torch.optim.SGD(rede.parameters(), lr=taxa, momentum=0.9)

    def passo(self, lote_x, lote_y):
        self.otimizador.zero_grad()
        perda_total = 0.0
        for px, py in zip(lote_x.chunk(self.micro), lote_y.chunk(self.micro)):
            perda = F.cross_entropy(self.rede(px), py)
            perda_total += perda.item() / self.micro
            perda.backward()
        self.otimizador.step()
        return perda_total


def espiral(n):
    classe = torch.arange(n) % 3
    r = torch.rand(n) * 2 + 0.2
    ang = 2.0 * r + classe * 2.094
    return torch.stack([r * ang.cos(), r * ang.sin()], 1) + 0.05 * torch.randn(n, 2), classe


torch.manual_seed(31)
x, y = espiral(384)
rede = nn.Sequential(nn.Linear(2, 48), nn.ReLU(), nn.Linear(48, 48), nn.ReLU(), nn.Linear(48, 3))
treinador = Treinador(rede, taxa=0.25, micro=4)
for epoca in range(12):
    ordem = torch.randperm(384)
    perdas = [treinador.passo(x[p], y[p]) for p in ordem.split(64)]
    print(f"época {epoca + 1:2d}  perda {sum(perdas) / len(perdas):.3f}")
