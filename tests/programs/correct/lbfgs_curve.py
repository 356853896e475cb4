import torch
import torch.nn as nn

torch.manual_seed(1)
x = torch.linspace(-2, 2, 80).unsqueeze(1)
y = x.pow(3) - 2 * x + 0.1 * torch.randn(80, 1)

f = nn.Sequential(nn.Linear(1, 16), nn.Tanh(), nn.Linear(16, 1))
optimizer = torch.optim.LBFGS(f.parameters(), lr=0.5, max_iter=8, history_size=10)
calls = 0


def closure():
    global calls
    calls += 1
    optimizer.zero_grad()
    err = ((f(x) - y) ** 2).mean()
    err.backward()
    return err


for it in range(25):
    value = optimizer.step(closure)
    if it % 5 == 0:
        print("iteration", it, "mse", value.item())

with torch.no_grad():
    final = ((f(x) - y) ** 2).mean()
print("final mse %.5f after %d closure calls" % (final, calls))
