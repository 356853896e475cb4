import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(4)
features = torch.randn(384, 6)
weights = torch.tensor([1.5, -2.0, 0.7, 0.0, 1.0, -0.5])
target = (features @ weights + 0.5 * torch.randn(384) > 0).float().unsqueeze(1)

loader = DataLoader(TensorDataset(features, target), batch_size=8, shuffle=True)
accumulate = 4  # effective batch of 32
model = nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 1))
criterion = nn.BCEWithLogitsLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.2)

for epoch in range(5):
    epoch_loss = 0.0
    for i, (x, t) in enumerate(loader):
        optimizer.zero_grad()
        loss = criterion(model(x), t)
        (loss / accumulate).backward()
        if (i + 1) % accumulate == 0:
            optimizer.step()
        epoch_loss += loss.item()
    print(f"Epoch {epoch + 1}/5 - loss: {epoch_loss / len(loader):.4f}")
