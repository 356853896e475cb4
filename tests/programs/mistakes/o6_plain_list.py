import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset


class DeepNet(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        self.layers = []
        for a, b in zip(sizes[:-2], sizes[1:-1]):
            self.layers.append(nn.Linear(a, b))
        self.out = nn.Linear(sizes[-2], sizes[-1])

    def forward(self, x):
        for layer in self.layers:
            x = torch.tanh(layer(x))
        return self.out(x)


torch.manual_seed(38)
x = torch.rand(320, 2) * 2 - 1
y = torch.sin(4 * x[:, :1]) + 2 * x[:, 1:] ** 2
loader = DataLoader(TensorDataset(x, y), batch_size=32, shuffle=True)
model = DeepNet([2, 12, 12, 1])
print(sum(p.numel() for p in model.parameters()), "parameters")
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
criterion = nn.MSELoss()

for epoch in range(12):
    total = 0.0
    for xb, yb in loader:
        optimizer.zero_grad()
        loss = criterion(model(xb), yb)
        loss.backward()
        optimizer.step()
        total += loss.item()
    print(f"epoch {epoch}: mse {total / len(loader):.4f}")
