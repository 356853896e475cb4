import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(3009)


def pictures(n):
    y = torch.randint(0, 2, (n,))
    brightness = torch.where(y == 1, 1.0, -1.0)[:, None, None, None]
    return TensorDataset(torch.randn(n, 1, 8, 8) * 0.5 + brightness * 0.5, y)


loader = DataLoader(pictures(60), batch_size=1, shuffle=True)
test = pictures(50)
net = nn.Sequential(
    nn.Conv2d(1, 6, 3, stride=2), nn.ReLU(),
    nn.Conv2d(6, 6, 2),
    nn.BatchNorm2d(6),
    nn.ReLU(), nn.Flatten(), nn.Linear(24, 2),
)
opt = torch.optim.SGD(net.parameters(), lr=0.02, momentum=0.5)
for epoch in range(4):
    net.train()
    total = 0.0
    for x, y in loader:
        opt.zero_grad()
        loss = nn.functional.cross_entropy(net(x), y)
        loss.backward()
        opt.step()
        total += loss.item()
    net.eval()
    with torch.no_grad():
        acc = (net(test.tensors[0]).argmax(1) == test.tensors[1]).float().mean().item()
    print(f"epoch {epoch} train {total / len(loader):.4f} test acc {acc:.3f}")
