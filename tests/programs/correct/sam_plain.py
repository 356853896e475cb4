import torch
from torch import nn

torch.manual_seed(81)
rho = 0.03
x = torch.randn(320, 5)
y = (x[:, :1] * x[:, 1:2]).tanh() + 0.3 * x[:, 2:3]
f = nn.Sequential(nn.Linear(5, 32), nn.SiLU(), nn.Linear(32, 32), nn.SiLU(), nn.Linear(32, 1))
opt = torch.optim.Adam(f.parameters(), lr=8e-3)


def cost(i):
    return nn.functional.mse_loss(f(x[i]), y[i])


for epoch in range(25):
    running = 0.0
    for i in torch.randperm(320).chunk(8):
        # ascent to the neighbour with the largest loss
        opt.zero_grad()
        here = cost(i)
        here.backward()
        with torch.no_grad():
            norm = torch.cat([p.grad.flatten() for p in f.parameters()]).norm()
            shifts = [p.grad * (rho / (norm + 1e-9)) for p in f.parameters()]
            for p, s in zip(f.parameters(), shifts):
                p.add_(s)
        # gradient there, step from here
        opt.zero_grad()
        there = cost(i)
        there.backward()
        with torch.no_grad():
            for p, s in zip(f.parameters(), shifts):
                p.sub_(s)
        opt.step()
        running += here.item()
    if epoch % 6 == 0:
        print(f"epoch {epoch:2d} loss {running / 8:.4f} gap {there.item() - here.item():+.5f}")
