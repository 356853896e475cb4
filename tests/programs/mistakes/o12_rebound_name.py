import torch
from torch import nn

torch.manual_seed(46)
model = nn.Sequential(nn.Linear(1, 16), nn.Tanh(), nn.Linear(16, 1))
x = torch.linspace(-2, 2, 120).view(-1, 1)
y = x.abs() - 0.5
lr = 0.1
history = []
with torch.no_grad():
    print("loss before training", ((model(x) - y) ** 2).mean().item())

for step in range(100):
    prediction = model(x)
    loss = ((prediction - y) ** 2).mean()
    model.zero_grad()
    loss.backward()
    with torch.no_grad():
        for p in model.parameters():
            p = p - lr * p.grad
    history.append(loss.item())
    if step % 20 == 19:
        print(f"step {step + 1}: loss {loss.item():.5f}")

print("smallest loss:", min(history))
