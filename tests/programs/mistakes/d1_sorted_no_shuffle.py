import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(5001)
per_class = 100
clouds = [torch.randn(per_class, 2) * 0.8 + torch.tensor(c) for c in ([2.0, 0.0], [-1.0, 1.7], [-1.0, -1.7])]
x = torch.cat(clouds)
y = torch.arange(3).repeat_interleave(per_class)
loader = DataLoader(TensorDataset(x, y), batch_size=20)

model = nn.Sequential(nn.Linear(2, 24), nn.ReLU(), nn.Linear(24, 3))
optimizer = torch.optim.SGD(model.parameters(), lr=0.3, momentum=0.8)
criterion = nn.CrossEntropyLoss()
for epoch in range(8):
    total = 0.0
    for xb, yb in loader:
        optimizer.zero_grad()
        loss = criterion(model(xb), yb)
        loss.backward()
        optimizer.step()
        total += loss.item()
    with torch.no_grad():
        acc = (model(x).argmax(1) == y).float().mean().item()
    print(f"epoch {epoch}: batch loss {total / len(loader):.3f}, accuracy on all rows {acc:.3f}")
