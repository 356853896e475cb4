import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(1005)
x = torch.randn(400, 8)
y = 4 * x[:, :1] - 3 * x[:, 1:2] + 2 * x[:, 2:3] * x[:, 3:4]
loader = DataLoader(TensorDataset(x, y), batch_size=20, shuffle=True)

model = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=3.5e-7)
criterion = nn.MSELoss()

for epoch in range(25):
    total = 0.0
    for xb, yb in loader:
        optimizer.zero_grad()
        loss = criterion(model(xb), yb)
        loss.backward()
        optimizer.step()
        total += loss.item()
    if epoch % 5 == 4:
        print(f"epoch {epoch + 1:2d}: {total / len(loader):.5f}")

model.eval()
with torch.no_grad():
    print("example:", model(x[:1]).item(), "wanted:", y[0].item())
