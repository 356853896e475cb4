import torch
from torch import nn


def criar_otimizador(rede, nome, taxa):
    classes = {"adamw": torch.optim.AdamW, "sgd": torch.optim.SGD}
    return classes[nome](rede.parameters(), lr=taxa)


class Rede(nn.Module):
    def __init__(self):
        super().__init__()
        self.oculta = nn.Linear(2, 20)
        self.saida = nn.Linear(20, 3)

    def forward(self, x):
        return self.saida(torch.relu(self.oculta(x)))


torch.manual_seed(57)
centros = torch.tensor([[0.0, 1.0], [1.0, -0.6], [-1.0, -0.6]])
classe = torch.randint(0, 3, (360,))
pontos = centros[classe] + 0.6 * torch.randn(360, 2)

rede = Rede()
criterio = nn.CrossEntropyLoss()
iteracao = 0
while iteracao < 120:
    lote = torch.randint(0, 360, (24,))
    otimizador = criar_otimizador(rede, "adamw", 0.05)
    perda = criterio(rede(pontos[lote]), classe[lote])
    otimizador.zero_grad()
    perda.backward()
    otimizador.step()
    iteracao += 1
    if iteracao % 20 == 0:
        with torch.no_grad():
            geral = criterio(rede(pontos), classe).item()
        print(f"iteração {iteracao}: perda geral {geral:.4f}")
