import torch
from torch import nn

torch.manual_seed(88)
net = nn.Sequential(nn.Linear(6, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 1))

# one small optimizer per tensor: memory for gradients is freed at once
optims = {p: torch.optim.Adam([p], lr=5e-3, foreach=False) for p in net.parameters()}


def update(p):
    optims[p].step()
    optims[p].zero_grad()


for p in net.parameters():
    p.register_post_accumulate_grad_hook(update)

x = torch.randn(384, 6)
y = (x[:, :1] - x[:, 1:2]).abs() + 0.5 * x[:, 2:3] + 0.05 * torch.randn(384, 1)
for epoch in range(28):
    tot = 0.0
    for idx in torch.randperm(384).split(48):
        loss = nn.functional.mse_loss(net(x[idx]), y[idx])
        loss.backward()
        tot += loss.item() / 8
    if epoch % 4 == 3:
        print("epoch", epoch, "mse", round(tot, 4))
