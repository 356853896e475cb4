import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(2012)


def block(i, o):
    return nn.Sequential(nn.Linear(i, o), nn.ReLU())


y = torch.randint(0, 6, (420,))
x = torch.randn(6, 8)[y] * 1.2 + torch.randn(420, 8)
loader = DataLoader(TensorDataset(x, y), batch_size=42, shuffle=True)
model = nn.Sequential(
    block(8, 32),
    block(32, 32),
    block(32, 6),
)
opt = torch.optim.SGD(model.parameters(), lr=0.2, momentum=0.5)
for epoch in range(10):
    total, right = 0.0, 0
    for xb, yb in loader:
        scores = model(xb)
        loss = nn.functional.cross_entropy(scores, yb)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item()
        right += (scores.argmax(1) == yb).sum().item()
    print(f"{epoch}: loss {total / len(loader):.4f} acc {right / 420:.3f}")
