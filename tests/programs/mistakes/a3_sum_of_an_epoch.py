import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(31)
x = torch.randn(400, 6)
y = x[:, :2].prod(1, keepdim=True)
batches = DataLoader(TensorDataset(x, y), batch_size=20, shuffle=True)
net = nn.Sequential(nn.Linear(6, 32), nn.Tanh(), nn.Linear(32, 1))
opt = torch.optim.Adam(net.parameters(), lr=4e-3)

for epoch in range(10):
    whole = 0.0
    for a, b in batches:
        loss = nn.functional.mse_loss(net(a), b)
        opt.zero_grad()
        loss.backward()
        opt.step()
        whole += loss
    print(f"{epoch}: {whole / len(batches):.4f}")
