import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(100)
x = torch.randn(280, 9)
y = torch.tanh(x[:, :3]).sum(dim=1, keepdim=True) - 0.5 * x[:, 4:5]
loader = DataLoader(TensorDataset(x, y), batch_size=28, shuffle=True)

model = nn.Sequential(nn.Linear(9, 32), nn.ReLU(), nn.Linear(32, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
criterion = nn.L1Loss()

best = float("inf")
for epoch in range(1, 8):
    running_loss = 0.0
    for inputs, targets in loader:
        optimizer.zero_grad()
        outputs = model(inputs)
        loss = criterion(outputs, targets)
        loss.backward()
        running_loss += loss.item()
    epoch_loss = running_loss / len(loader)
    if epoch_loss < best:
        best = epoch_loss
        marker = "*"
    else:
        marker = ""
    print(f"epoch {epoch}: {epoch_loss:.4f} {marker}")
