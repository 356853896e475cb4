import torch
from torch import nn

torch.manual_seed(76)


class Field(nn.Module):
    def __init__(self, n=24):
        super().__init__()
        self.f = nn.Sequential(nn.Linear(1, n), nn.Tanh(), nn.Linear(n, n), nn.Tanh(), nn.Linear(n, 1))

    def forward(self, t):
        return self.f(t)


def residual(u, t):
    """Damped oscillator u'' + 0.4 u' + 4 u = 0."""
    t = t.requires_grad_(True)
    y = u(t)
    d1 = torch.autograd.grad(y, t, torch.ones_like(y), create_graph=True)[0]
    d2 = torch.autograd.grad(d1, t, torch.ones_like(d1), create_graph=True)[0]
    return d2 + 0.4 * d1 + 4 * y


u = Field()
opt = torch.optim.Adam(u.parameters(), lr=5e-3)
w = (4 - 0.04) ** 0.5
exact = lambda t: torch.exp(-0.2 * t) * (torch.cos(w * t) + 0.2 / w * torch.sin(w * t))
data_t = torch.linspace(0, 2, 10)[:, None]
data_u = exact(data_t)
for it in range(401):
    phys = residual(u, torch.rand(40, 1) * 3).pow(2).mean()
    fit = (u(data_t) - data_u).pow(2).mean()
    loss = fit + 0.01 * phys
    opt.zero_grad()
    loss.backward()
    opt.step()
    if it % 80 == 0:
        with torch.no_grad():
            t = torch.linspace(0, 3, 60)[:, None]
            err = (u(t) - exact(t)).abs().max().item()
        print(f"{it:3d} fit {fit.item():.5f} physics {phys.item():.4f} max error {err:.4f}")
