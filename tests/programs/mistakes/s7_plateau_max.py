import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(23)
x = torch.randn(400, 6)
y = (x[:, 0] + 0.5 * x[:, 1] ** 2 - x[:, 2] > 0.5).long()
train = DataLoader(TensorDataset(x[:300], y[:300]), batch_size=30, shuffle=True)

net = nn.Sequential(nn.Linear(6, 24), nn.ReLU(), nn.Linear(24, 2))
opt = torch.optim.Adam(net.parameters(), lr=0.01)
sched = torch.optim.lr_scheduler.ReduceLROnPlateau(opt, mode="max", factor=0.1, patience=0)
ce = nn.CrossEntropyLoss()


def validate():
    with torch.no_grad():
        out = net(x[300:])
    return ce(out, y[300:]).item()


for epoch in range(9):
    for xb, yb in train:
        opt.zero_grad()
        ce(net(xb), yb).backward()
        opt.step()
    val_loss = validate()
    sched.step(val_loss)
    print(f"epoch {epoch}: val loss {val_loss:.4f} lr {opt.param_groups[0]['lr']:.1e}")
