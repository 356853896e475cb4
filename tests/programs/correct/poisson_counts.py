import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(2024)
hour = torch.rand(600, 1) * 24
rain = (torch.rand(600, 1) < 0.3).float()
rate = torch.exp(0.8 + torch.sin((hour - 6) / 24 * 6.2832) - 0.9 * rain)
bikes = torch.poisson(rate)
feats = torch.cat([torch.sin(hour / 24 * 6.2832), torch.cos(hour / 24 * 6.2832), rain], 1)

model = nn.Sequential(nn.Linear(3, 16), nn.Tanh(), nn.Linear(16, 1))
opt = torch.optim.Rprop(model.parameters(), lr=5e-3)
nll = nn.PoissonNLLLoss(log_input=True)
tr, va = slice(0, 450), slice(450, 600)
# the whole table fits in one step
for it in range(90):
    opt.zero_grad()
    loss = nll(model(feats[tr]), bikes[tr])
    loss.backward()
    opt.step()
    if it % 15 == 0 or it == 89:
        with torch.no_grad():
            out = model(feats[va])
            v = nll(out, bikes[va]).item()
            gap = (out.exp() - rate[va]).abs().mean().item()
        print(f"{it:2d} train {loss.item():.4f} valid {v:.4f} mean gap to the true rate {gap:.3f}")
