import copy
import torch
import torch.nn as nn

torch.manual_seed(22)
T = 40
betas = torch.linspace(1e-3, 0.2, T)
alphas = 1 - betas
abar = alphas.cumprod(0)


class Denoiser(nn.Module):
    def __init__(self, h=48):
        super().__init__()
        self.time = nn.Embedding(T, h)
        self.inp = nn.Linear(2, h)
        self.body = nn.Sequential(nn.SiLU(), nn.Linear(h, h), nn.SiLU(), nn.Linear(h, 2))

    def forward(self, x, t):
        return self.body(self.inp(x) + self.time(t))


def data(n):
    k = torch.randint(0, 4, (n,)) * (torch.pi / 2)
    return torch.stack([k.cos(), k.sin()], 1) + 0.08 * torch.randn(n, 2)


@torch.no_grad()
def generate(net, n):
    x = torch.randn(n, 2)
    for t in range(T - 1, -1, -1):
        eps = net(x, torch.full((n,), t))
        x = (x - betas[t] / (1 - abar[t]).sqrt() * eps) / alphas[t].sqrt()
        if t:
            x = x + betas[t].sqrt() * torch.randn_like(x)
    return x


net = Denoiser()
smooth = copy.deepcopy(net).requires_grad_(False)
opt = torch.optim.AdamW(net.parameters(), lr=1e-2)
running = None
for it in range(1, 601):
    x0, t, noise = data(128), torch.randint(0, T, (128,)), torch.randn(128, 2)
    xt = abar[t].sqrt()[:, None] * x0 + (1 - abar[t]).sqrt()[:, None] * noise
    loss = nn.functional.mse_loss(net(xt, t), noise)
    opt.zero_grad()
    loss.backward()
    opt.step()
    with torch.no_grad():
        for a, b in zip(smooth.parameters(), net.parameters()):
            a.lerp_(b, 0.02)
    running = loss.item() if running is None else 0.95 * running + 0.05 * loss.item()
    if it % 120 == 0:
        print("iteration", it, "loss", round(running, 4))
s = generate(smooth, 300)
centres = torch.tensor([[1.0, 0], [0, 1], [-1, 0], [0, -1]])
print("mean distance of samples to the nearest centre", round(torch.cdist(s, centres).min(1).values.mean().item(), 3))
