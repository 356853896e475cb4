"""Small batches, larger effective batch."""
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(3)

n = 330
centers = torch.tensor([[2.0, 0.0], [-1.5, 1.5], [-1.0, -2.0]])
y = torch.randint(0, 3, (n,))
X = centers[y] + 0.7 * torch.randn(n, 2)
loader = DataLoader(TensorDataset(X, y), batch_size=16, shuffle=True)

net = nn.Sequential(nn.Linear(2, 24), nn.ReLU(), nn.Linear(24, 3))
opt = torch.optim.SGD(net.parameters(), lr=0.25, momentum=0.9)
crit = nn.CrossEntropyLoss()

K = 4
total = len(loader)
for epoch in range(12):
    running = 0.0
    opt.zero_grad()
    for i, (xb, yb) in enumerate(loader):
        start = (i // K) * K
        window = min(K, total - start)
        loss = crit(net(xb), yb)
        (loss / window).backward()
        running += loss.item()
        if (i + 1) % K == 0 or i + 1 == total:
            opt.step()
            opt.zero_grad()
    print(f"epoch {epoch:2d} loss {running / total:.4f}")
