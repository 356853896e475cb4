# regressao com lotes grandes divididos em pedacos
import torch
from torch import nn

torch.manual_seed(21)


def dados(n):
    x = torch.rand(n, 3) * 2 - 1
    y = torch.sin(3 * x[:, :1]) + 0.5 * (x[:, 1:2] - x[:, 2:]).abs()
    return x, y + 0.05 * torch.randn_like(y)


def lotes(x, y, tam):
    perm = torch.randperm(x.size(0))
    for i in range(0, x.size(0), tam):
        j = perm[i:i + tam]
        yield x[j], y[j]


def main():
    x, y = dados(512)
    xv, yv = dados(128)
    rede = nn.Sequential(nn.Linear(3, 40), nn.SiLU(), nn.Linear(40, 40), nn.SiLU(), nn.Linear(40, 1))
    otimizador = torch.optim.AdamW(rede.parameters(), lr=1.5e-2, weight_decay=1e-3)
    custo = nn.MSELoss()
    pedacos = 4
    epoca = 0
    while epoca < 64:
        soma, vezes = 0.0, 0
        for xb, yb in lotes(x, y, 128):
            for p in rede.parameters():
                p.grad = None
            for xp, yp in zip(xb.chunk(pedacos), yb.chunk(pedacos)):
                erro = custo(rede(xp), yp) / pedacos
                erro.backward()
                soma += erro.item()
            otimizador.step()
            vezes += 1
        epoca += 1
        if epoca % 8 == 0:
            with torch.no_grad():
                v = custo(rede(xv), yv).item()
            print("epoca", epoca, "treino %.4f validacao %.4f" % (soma / vezes, v))


main()
