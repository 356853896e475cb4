import torch
from torch import nn

torch.manual_seed(3)

# three clouds of points
centres = torch.tensor([[0.0, 2.5], [2.5, -1.5], [-2.5, -1.5]])
labels = torch.randint(0, 3, (480,))
points = centres[labels] + torch.randn(480, 2) * 0.9

net = nn.Sequential(
    nn.Linear(2, 24),
    nn.ReLU(),
    nn.Linear(24, 3),
)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(net.parameters(), lr=0.2)

for epoch in range(8):
    order = torch.randperm(480)
    running = 0.0
    for start in range(0, 480, 32):
        idx = order[start:start + 32]
        scores = net(points[idx])
        loss = criterion(scores, labels[idx])
        loss.backward()
        optimizer.step()
        running += loss.item()
    print(f"epoch {epoch + 1}: loss {running / 15:.4f}")

with torch.no_grad():
    accuracy = (net(points).argmax(1) == labels).float().mean()
print("accuracy", round(accuracy.item(), 3))
