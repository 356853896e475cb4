import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def circle(n):
    x = torch.rand(n, 2) * 2 - 1
    return TensorDataset(x, (x.norm(dim=1) < 0.75).long())


torch.manual_seed(2019)
train_loader = DataLoader(circle(320), batch_size=40, shuffle=True)
val_loader = DataLoader(circle(80), batch_size=40)
net = nn.Sequential(nn.Linear(2, 24), nn.Tanh(), nn.Linear(24, 2))
opt = torch.optim.Adam(net.parameters(), lr=0.02)
ce = nn.CrossEntropyLoss()

for inputs, labels in val_loader:
    with torch.no_grad():
        print("before training:", ce(net(inputs), labels).item())

for epoch in range(10):
    total = 0.0
    for x, y in train_loader:
        out = net(x)
        loss = ce(out, labels)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item()
    with torch.no_grad():
        acc = sum((net(a).argmax(1) == b).sum().item() for a, b in val_loader) / 80
    print(f"epoch {epoch}: train {total / len(train_loader):.4f} val acc {acc:.3f}")
