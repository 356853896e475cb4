import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(4007)
x = torch.randn(320, 4)
y = torch.sin(x[:, :1]) + x[:, 1:2] * 0.5
loader = DataLoader(TensorDataset(x, y), batch_size=16, shuffle=True)

model = nn.Sequential(nn.Linear(4, 24), nn.ReLU(), nn.Linear(24, 1))
criterion = nn.MSELoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

running_loss = 0.0
steps = 0
for epoch in range(8):
    for inputs, targets in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), targets)
        loss.backward()
        optimizer.step()
        running_loss += loss
        steps += 1
    mean = running_loss / steps
    print(f"epoch {epoch}: mean loss so far {mean:.4f}, last {loss.item():.4f}")
