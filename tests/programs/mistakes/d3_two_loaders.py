import torch
from torch import nn
from torch.utils.data import DataLoader

torch.manual_seed(5004)
y = torch.randint(0, 3, (300,))
x = torch.randn(3, 4)[y] * 2 + torch.randn(300, 4)

x_loader = DataLoader(x, batch_size=30, shuffle=True)
y_loader = DataLoader(y, batch_size=30, shuffle=True)
model = nn.Sequential(nn.Linear(4, 24), nn.ReLU(), nn.Linear(24, 3))
opt = torch.optim.Adam(model.parameters(), lr=0.01)
ce = nn.CrossEntropyLoss()

for epoch in range(8):
    total, right = 0.0, 0
    for inputs, targets in zip(x_loader, y_loader):
        scores = model(inputs)
        loss = ce(scores, targets)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item()
        right += (scores.argmax(1) == targets).sum().item()
    print(f"epoch {epoch}: loss {total / 10:.4f} accuracy {right / 300:.3f}")
