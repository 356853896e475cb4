import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def dataset(n, w):
    x = torch.randn(n, 20)
    return TensorDataset(x, (x @ w + torch.randn(n) > 0).long())


torch.manual_seed(5006)
w = torch.randn(20) * 0.5
train_loader = DataLoader(dataset(400, w), batch_size=20, shuffle=True)
test_loader = DataLoader(dataset(100, w), batch_size=20)
model = nn.Sequential(nn.Linear(20, 32), nn.ReLU(), nn.Linear(32, 2))
optimizer = torch.optim.Adam(model.parameters(), lr=0.005)
loss_fn = nn.CrossEntropyLoss()

for epoch in range(15):
    model.train()
    for data, target in test_loader:
        optimizer.zero_grad()
        loss = loss_fn(model(data), target)
        loss.backward()
        optimizer.step()
    model.eval()
    correct = 0
    with torch.no_grad():
        for data, target in test_loader:
            correct += (model(data).argmax(1) == target).sum().item()
    if epoch % 3 == 2:
        print(f"epoch {epoch + 1}: test accuracy {correct / 100:.2f}")
