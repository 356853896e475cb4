import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(20)
x = torch.randn(400, 8)
y = x[:, :4].norm(dim=1, keepdim=True) - x[:, 4:].norm(dim=1, keepdim=True)
dl = DataLoader(TensorDataset(x, y), batch_size=40, shuffle=True)
model = nn.Sequential(nn.Linear(8, 48), nn.ReLU(), nn.Linear(48, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=0.1, total_steps=10 * len(dl))
criterion = nn.MSELoss()


def run_epoch(train=True):
    total = 0.0
    for xb, yb in dl:
        loss = criterion(model(xb), yb)
        if train:
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        total += loss.item()
    return total / len(dl)


for epoch in range(1, 11):
    mean = run_epoch()
    print(f"Epoch {epoch:2d} mse {mean:.4f}")
