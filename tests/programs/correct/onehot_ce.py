import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset

torch.manual_seed(49)


class Shapes(Dataset):
    names = ("flat", "steep", "bend")

    def __init__(self, n, seed):
        r = np.random.RandomState(seed)
        self.kind = r.randint(0, 3, n)
        grid = np.linspace(-1, 1, 20)
        slope = np.stack([0.2 * grid, 1.5 * grid, grid ** 2 * 1.5])[self.kind]
        self.curves = (slope + 0.3 * r.randn(n, 20)).astype(np.float32)

    def __len__(self):
        return len(self.kind)

    def __getitem__(self, i):
        hot = np.zeros(3, dtype=np.float32)
        hot[self.kind[i]] = 1.0
        return torch.from_numpy(self.curves[i]), torch.from_numpy(hot)


train_loader = DataLoader(Shapes(320, 0), batch_size=32, shuffle=True)
test_loader = DataLoader(Shapes(160, 1), batch_size=80)
model = nn.Sequential(nn.Linear(20, 24), nn.ReLU(), nn.Linear(24, 3))
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
for epoch in range(10):
    running_loss = 0.0
    for inputs, hot in train_loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), hot)
        loss.backward()
        optimizer.step()
        running_loss += loss.item()
    correct = total = 0
    with torch.no_grad():
        for inputs, hot in test_loader:
            _, guess = torch.max(model(inputs), 1)
            correct += (guess == hot.argmax(1)).sum().item()
            total += len(hot)
    print(f"[{epoch + 1}] loss {running_loss / len(train_loader):.3f} test {100 * correct / total:.1f}%")
