import torch
from torch import nn, optim


def knn_like_target(x):
    return torch.sin(2 * x[:, :1]) + torch.cos(x[:, 1:2])


torch.manual_seed(63)
model = nn.Sequential()
model.add_module("eingang", nn.Linear(2, 30))
model.add_module("akt", nn.Tanh())
opt = optim.Adam(model.parameters(), lr=0.01)
model.add_module("ausgang", nn.Linear(30, 1))

x = torch.rand(300, 2) * 4 - 2
y = 3 * knn_like_target(x)
epoche = 0
while epoche < 12:
    fehler = 0.0
    for i in torch.randperm(300).split(25):
        model.zero_grad()
        verlust = nn.functional.mse_loss(model(x[i]), y[i])
        verlust.backward()
        opt.step()
        fehler += verlust.item() / 12
    epoche += 1
    if epoche % 2 == 0:
        print("Epoche", epoche, "mittlerer Fehler", round(fehler, 4))
