import itertools

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(5)
text = "o rato roeu a roupa do rei de roma e a rainha roeu o resto " * 6
alfabeto = sorted(set(text))
codigo = {c: i for i, c in enumerate(alfabeto)}
ids = torch.tensor([codigo[c] for c in text])


class Modelo(nn.Module):
    def __init__(self, v, e, h):
        super().__init__()
        self.emb = nn.Embedding(v, e)
        self.gru = nn.GRU(e, h, batch_first=True)
        self.saida = nn.Linear(h, v)

    def forward(self, x):
        h, _ = self.gru(self.emb(x))
        return self.saida(h)


def janelas(tam=10, lote=12):
    while True:
        ini = torch.randint(0, len(ids) - tam - 1, (lote,))
        bloco = torch.stack([ids[i:i + tam + 1] for i in ini])
        yield bloco[:, :-1], bloco[:, 1:]


m = Modelo(len(alfabeto), 2, 24)
treinaveis = list(m.gru.parameters()) + list(m.saida.parameters())
otim = torch.optim.Adam(treinaveis, lr=0.02)
for passo, (x, alvo) in enumerate(itertools.islice(janelas(), 90)):
    m.zero_grad()
    perda = F.cross_entropy(m(x).reshape(-1, len(alfabeto)), alvo.reshape(-1))
    perda.backward()
    otim.step()
    if passo % 15 == 14:
        print(f"passo {passo + 1}: perda {perda.item():.4f}")
