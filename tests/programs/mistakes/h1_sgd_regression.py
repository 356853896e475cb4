import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(1001)
x = torch.randn(256, 10) * 1.5
w = torch.randn(10, 1)
y = x @ w + 0.2 * torch.randn(256, 1)
loader = DataLoader(TensorDataset(x, y), batch_size=32, shuffle=True)

model = nn.Linear(10, 1)
criterion = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.6)


def one_epoch():
    losses = []
    for inputs, targets in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), targets)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


for epoch in range(8):
    print(f"epoch {epoch + 1}: loss {one_epoch():.5g}")
