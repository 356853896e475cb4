import torch
from torch import nn

torch.manual_seed(104)


def readings(n):
    """A sensor: neighbours resemble each other, and the day has phases."""
    state = 0.0
    for k in range(n):
        state = 0.7 * state + 0.5 * float(torch.randn(()))
        day = k / 37 * 6.2832
        x = torch.tensor([state, torch.sin(torch.tensor(day)).item(), torch.cos(torch.tensor(day)).item()])
        yield x, torch.stack([0.8 * x[0] + x[1] * x[2], x[2] - 0.3 * x[0] ** 2])


net = nn.Sequential(nn.Linear(3, 32), nn.Tanh(), nn.Linear(32, 2))
opt = torch.optim.Adam(net.parameters(), lr=1e-2)
window, before = [], []
pending, count = [], 0
for x, y in readings(2400):
    pending.append((x, y))
    if len(pending) < 8:
        continue
    X, Y = (torch.stack(t) for t in zip(*pending))
    pending.clear()
    opt.zero_grad()
    loss = nn.functional.mse_loss(net(X), Y)
    loss.backward()
    opt.step()
    count += 1
    window.append(loss.item())
    if count % 50 == 0:
        print("updates", count, "error of the last fifty", round(sum(window) / 50, 5))
        window.clear()
