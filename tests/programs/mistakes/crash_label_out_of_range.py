import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(6006)
x = torch.randn(320, 5)
y = torch.bucketize(x[:, 0] + x[:, 1], torch.tensor([-1.0, 0.0, 1.0]))
y[310:] = 4
data = TensorDataset(x, y)
loader = DataLoader(data, batch_size=32)

model = nn.Sequential(
    nn.Linear(5, 24),
    nn.ReLU(),
    nn.Linear(24, 4),
)
optimizer = torch.optim.AdamW(model.parameters(), lr=0.01)
criterion = nn.CrossEntropyLoss()
for epoch in range(3):
    for i, (inputs, targets) in enumerate(loader):
        optimizer.zero_grad()
        loss = criterion(model(inputs), targets)
        loss.backward()
        optimizer.step()
        if i % 3 == 0:
            print(f"epoch {epoch} batch {i}: {loss.item():.4f}")
