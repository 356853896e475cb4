import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(91)
x = torch.randn(600, 6)
y = x[:, :2].sum(1, keepdim=True).tanh() + 0.1 * torch.randn(600, 1)
broken = torch.randperm(600)[:4]
x[broken, 3] = float("nan")  # a few sensors failed
loader = DataLoader(TensorDataset(x, y), batch_size=24, shuffle=True)
net = nn.Sequential(nn.Linear(6, 24), nn.ReLU(), nn.Linear(24, 1))
opt = torch.optim.Adam(net.parameters(), lr=4e-3)
mse = nn.MSELoss()
for epoch in range(16):
    used, left_out, tot = 0, 0, 0.0
    for a, b in loader:
        opt.zero_grad()
        loss = mse(net(a), b)
        if not torch.isfinite(loss):
            left_out += 1
            continue
        loss.backward()
        opt.step()
        used += 1
        tot += loss.item()
    if epoch % 3 == 0:
        print("epoch", epoch, "loss", round(tot / used, 4), "batches left out", left_out)
