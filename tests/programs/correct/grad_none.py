import torch
import torch.nn as nn


def clear(params):
    for p in params:
        p.grad = None


torch.manual_seed(34)
centers = 3 * torch.randn(6, 4)
which = torch.randint(0, 6, (360,))
pts = centers[which] + torch.randn(360, 4)
model = nn.Sequential(nn.Linear(4, 20), nn.ReLU(), nn.Linear(20, 6))
weights = list(model.parameters())
opt = torch.optim.Adagrad(weights, lr=0.1)
crit = nn.CrossEntropyLoss()

epoch, loss_now, loss_before = 0, 1e9, 2e9
while epoch < 30 and loss_before - loss_now > 1e-5 or epoch < 8:
    loss_before, loss_now = loss_now, 0.0
    for part in torch.randperm(360).split(45):
        clear(weights)
        loss = crit(model(pts[part]), which[part])
        loss.backward()
        opt.step()
        loss_now += loss.item() / 8
    epoch += 1
    print("pass", epoch, "->", round(loss_now, 4))
with torch.no_grad():
    print("training accuracy", (model(pts).argmax(1) == which).float().mean().item())
