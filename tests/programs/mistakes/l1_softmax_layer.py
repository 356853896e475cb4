import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(2001)
labels = torch.randint(0, 3, (360,))
means = torch.tensor([[2.0, 0.0], [-1.0, 1.7], [-1.0, -1.7]])
points = means[labels] + 0.8 * torch.randn(360, 2)
loader = DataLoader(TensorDataset(points, labels), batch_size=36, shuffle=True)

model = nn.Sequential(
    nn.Linear(2, 32),
    nn.ReLU(),
    nn.Linear(32, 3),
    nn.Softmax(dim=1),
)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for epoch in range(8):
    total, hits = 0.0, 0
    for x, y in loader:
        optimizer.zero_grad()
        output = model(x)
        loss = criterion(output, y)
        loss.backward()
        optimizer.step()
        total += loss.item()
        hits += (output.argmax(dim=1) == y).sum().item()
    print(f"Epoch {epoch + 1}: loss {total / len(loader):.4f} accuracy {hits / 360:.3f}")
