import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(22)
X = torch.randn(300, 8)
coef = torch.tensor([0.5, -1.0, 0.0, 2.0, 0.3, -0.7, 0.0, 1.1])
y = (X @ coef).unsqueeze(1) + 0.1 * torch.randn(300, 1)
loader = DataLoader(TensorDataset(X, y), batch_size=30, shuffle=True)
model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1))
loss_fn = nn.MSELoss()


def step(xb, yb, lr=0.03):
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    optimizer.zero_grad()
    loss = loss_fn(model(xb), yb)
    loss.backward()
    optimizer.step()
    return loss.item()


for epoch in range(12):
    losses = [step(xb, yb) for xb, yb in loader]
    print(f"epoch {epoch + 1:2d} loss {sum(losses) / len(losses):.4f}")
