# Aluno aprende so com as probabilidades do professor
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(61)
professor = nn.Sequential(nn.Linear(10, 20), nn.Tanh(), nn.Linear(20, 5))
with torch.no_grad():
    for p in professor.parameters():
        p.mul_(3.0)
professor.requires_grad_(False)
professor.eval()

aluno = nn.Sequential(nn.Linear(10, 40), nn.Tanh(), nn.Linear(40, 5))
entradas = torch.randn(640, 10)
carregador = DataLoader(TensorDataset(entradas), batch_size=64, shuffle=True)
otim = torch.optim.Adam(aluno.parameters(), lr=0.02)
perda = nn.CrossEntropyLoss()
passo = torch.optim.lr_scheduler.StepLR(otim, step_size=10, gamma=0.3)

for epoca in range(30):
    soma = 0.0
    acordo = 0
    for (x,) in carregador:
        alvo = professor(x).softmax(dim=1)
        saida = aluno(x)
        valor = perda(saida, alvo)
        otim.zero_grad()
        valor.backward()
        otim.step()
        soma += valor.item() * len(x)
        acordo += (saida.argmax(1) == alvo.argmax(1)).sum().item()
    passo.step()
    if epoca % 6 == 5:
        print(f"epoca {epoca + 1}: perda {soma / 640:.4f} acordo {acordo / 640:.3f} taxa {passo.get_last_lr()[0]:.4f}")
