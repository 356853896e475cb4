import torch
import torch.nn.functional as F


class Etiquetador(torch.nn.Module):
    def __init__(self, entradas, etiquetas):
        super().__init__()
        self.camada = torch.nn.Linear(entradas, 24)
        self.final = torch.nn.Linear(24, etiquetas)

    def forward(self, x):
        x = torch.relu(self.camada(x))
        return torch.sigmoid(self.final(x))


class Experimento:
    def __init__(self):
        torch.manual_seed(2005)
        self.x = torch.randn(300, 9)
        self.y = (self.x @ torch.randn(9, 4) + 0.5 > 0).float()
        self.modelo = Etiquetador(9, 4)
        self.otim = torch.optim.RMSprop(self.modelo.parameters(), lr=0.01)

    def lotes(self, tamanho=30):
        for i in torch.randperm(300).split(tamanho):
            yield self.x[i], self.y[i]

    def treinar(self, epocas):
        for ep in range(epocas):
            soma = 0.0
            for x, y in self.lotes():
                self.otim.zero_grad()
                perda = F.binary_cross_entropy_with_logits(self.modelo(x), y)
                perda.backward()
                self.otim.step()
                soma += perda.item()
            print("época", ep + 1, "perda", round(soma / 10, 4))


Experimento().treinar(9)
