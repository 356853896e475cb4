import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def make_moons(n):
    t = torch.rand(n) * 3.1416
    side = torch.randint(0, 2, (n,))
    x = torch.stack([torch.cos(t) * (1 - 2 * side) + side, torch.sin(t) * (1 - 2 * side) + 0.4 * side], 1)
    return x + 0.1 * torch.randn(n, 2), side


def train_one_epoch(model, loader, optimizer, loss_fn):
    model.train()
    optimizer.zero_grad()
    total, seen = 0.0, 0
    for inputs, targets in loader:
        outputs = model(inputs)
        loss = loss_fn(outputs, targets)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(inputs)
        seen += len(inputs)
    return total / seen


@torch.no_grad()
def evaluate(model, x, y):
    model.eval()
    return (model(x).argmax(dim=1) == y).float().mean().item()


torch.manual_seed(5)
x_train, y_train = make_moons(400)
x_test, y_test = make_moons(100)
loader = DataLoader(TensorDataset(x_train, y_train), batch_size=40, shuffle=True)
model = nn.Sequential(nn.Linear(2, 32), nn.Tanh(), nn.Linear(32, 2))
optimizer = torch.optim.SGD(model.parameters(), lr=0.3, momentum=0.8)
for epoch in range(6):
    loss = train_one_epoch(model, loader, optimizer, nn.CrossEntropyLoss())
    print(f"{epoch}: loss={loss:.4f} test acc={evaluate(model, x_test, y_test):.2f}")
