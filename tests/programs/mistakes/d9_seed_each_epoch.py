import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def fit_epoch(model, loader, optimizer, criterion):
    torch.manual_seed(5010)
    total = 0.0
    for x, y in loader:
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)


torch.manual_seed(5010)
x = torch.randn(240, 5)
y = x[:, :2].norm(dim=1, keepdim=True) + 0.1 * torch.randn(240, 1)
loader = DataLoader(TensorDataset(x, y), batch_size=24, shuffle=True)
model = nn.Sequential(nn.Linear(5, 32), nn.ReLU(), nn.Linear(32, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
for epoch in range(8):
    value = fit_epoch(model, loader, optimizer, nn.MSELoss())
    print(f"epoch {epoch}: mse {value:.4f}")
