import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class TransferNet(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.backbone = nn.Sequential(nn.Linear(6, 32), nn.ReLU(), nn.Linear(32, 16), nn.ReLU())
        self.head = nn.Linear(16, classes)

    def forward(self, x):
        return self.head(self.backbone(x))


def loaders():
    y = torch.randint(0, 3, (270,))
    x = torch.randn(3, 6)[y] * 1.4 + torch.randn(270, 6)
    ds = TensorDataset(x[:210], y[:210])
    return DataLoader(ds, batch_size=21, shuffle=True), (x[210:], y[210:])


torch.manual_seed(47)
train_loader, (x_val, y_val) = loaders()
net = TransferNet(3)
for p in net.backbone.parameters():
    p.requires_grad = False
optimizer = torch.optim.SGD(net.backbone.parameters(), lr=0.1, momentum=0.9)

for epoch in range(7):
    for x, y in train_loader:
        net.zero_grad()
        loss = nn.functional.cross_entropy(net(x), y)
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        val = nn.functional.cross_entropy(net(x_val), y_val).item()
    print(f"epoch {epoch} train {loss.item():.3f} val {val:.4f}")
