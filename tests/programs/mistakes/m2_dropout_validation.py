import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(3004)
x = torch.randn(400, 8)
y = (x[:, 0] + x[:, 1] * x[:, 2] > 0).float()
train = DataLoader(TensorDataset(x[:300], y[:300]), batch_size=30, shuffle=True)
valid = DataLoader(TensorDataset(x[300:], y[300:]), batch_size=50)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(8, 64), nn.ReLU(), nn.Dropout(0.5),
            nn.Linear(64, 32), nn.ReLU(), nn.Dropout(0.5),
            nn.Linear(32, 1),
        )

    def forward(self, x):
        return self.net(x).squeeze(1)


model = Net()
opt = torch.optim.AdamW(model.parameters(), lr=3e-3)
loss_fn = nn.BCEWithLogitsLoss()
for epoch in range(10):
    model.train()
    for xb, yb in train:
        opt.zero_grad()
        loss = loss_fn(model(xb), yb)
        loss.backward()
        opt.step()
    val_loss = 0.0
    with torch.no_grad():
        for xb, yb in valid:
            val_loss += loss_fn(model(xb), yb).item() / len(valid)
    print(f"epoch {epoch} val {val_loss:.4f}")
