import torch
from torch import nn

torch.manual_seed(17)
maker = nn.Sequential(nn.Linear(2, 24), nn.ReLU(), nn.Linear(24, 1))
critic = nn.Sequential(nn.Linear(1, 24), nn.LeakyReLU(0.2), nn.Linear(24, 1))
making = torch.optim.Adam(maker.parameters(), lr=2e-3, betas=(0.5, 0.9))
judging = torch.optim.Adam(critic.parameters(), lr=2e-3, betas=(0.5, 0.9))
for turn in range(80):
    for _ in range(3):
        real, fake = torch.randn(64, 1) * 0.5 + 2, maker(torch.randn(64, 2)).detach()
        between = (real * 0.5 + fake * 0.5).requires_grad_()
        (slope,) = torch.autograd.grad(critic(between).sum(), between, create_graph=True)
        apart = critic(fake).mean() - critic(real).mean()
        judging.zero_grad()
        (apart + 10 * ((slope.norm(dim=1) - 1) ** 2).mean()).backward()
        judging.step()
    making.zero_grad()
    made = maker(torch.randn(64, 2))
    (-critic(made).mean()).backward()
    making.step()
    if turn % 20 == 19:
        print(turn, apart.item(), made.mean().item())
