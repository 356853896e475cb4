import torch
import torch.nn as nn

torch.manual_seed(77)
goal = torch.tensor([1.0, -0.5])


def real_batch(n):
    return goal + torch.randn(n, 2) * torch.tensor([0.2, 0.5])


def mlp(i, o):
    return nn.Sequential(nn.Linear(i, 32), nn.LeakyReLU(0.1), nn.Linear(32, 32), nn.LeakyReLU(0.1), nn.Linear(32, o))


def penalty(critic, a, b):
    eps = torch.rand(a.size(0), 1)
    mid = (eps * a + (1 - eps) * b).requires_grad_(True)
    out = critic(mid).sum()
    (grad,) = torch.autograd.grad(out, mid, create_graph=True)
    return ((grad.norm(2, dim=1) - 1) ** 2).mean()


gen, critic = mlp(4, 2), mlp(2, 1)
opt_g = torch.optim.Adam(gen.parameters(), lr=2e-3, betas=(0.0, 0.9))
opt_c = torch.optim.Adam(critic.parameters(), lr=4e-3, betas=(0.0, 0.9))
n_critic, n = 4, 64

for step in range(160):
    for _ in range(n_critic):
        x = real_batch(n)
        with torch.no_grad():
            fake = gen(torch.randn(n, 4))
        loss_c = critic(fake).mean() - critic(x).mean() + 1.0 * penalty(critic, x, fake)
        opt_c.zero_grad()
        loss_c.backward()
        opt_c.step()
    opt_g.zero_grad()
    loss_g = -critic(gen(torch.randn(n, 4))).mean()
    loss_g.backward()
    opt_g.step()
    if step % 20 == 0 or step == 159:
        with torch.no_grad():
            pts = gen(torch.randn(400, 4))
        print(f"step {step:3d} critic {loss_c.item():+.3f} mean {[round(v, 2) for v in pts.mean(0).tolist()]} "
              f"std {[round(v, 2) for v in pts.std(0).tolist()]}")
