import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(2009)
x = torch.randn(300, 5)
y = x[:, 0] * 2 - x[:, 1] + 0.5 * x[:, 2] ** 2
loader = DataLoader(TensorDataset(x, y), batch_size=30, shuffle=True)

regressor = nn.Sequential(nn.Linear(5, 32), nn.ReLU(), nn.Linear(32, 1))
mse = nn.MSELoss()
opt = torch.optim.Adam(regressor.parameters(), lr=0.01)
print(len(loader), "batches per epoch")

for epoch in range(10):
    total = 0.0
    for xb, yb in loader:
        out = regressor(xb)
        loss = mse(out, yb)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item()
    print(f"epoch {epoch}: mse {total / len(loader):.4f}")
print("variance of the targets:", y.var().item())
