import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(11)
EPOCHS = 6
x = torch.rand(400, 4) * 2 - 1
y = (x.pow(2).sum(dim=1) > 1.3).long()
loader = DataLoader(TensorDataset(x, y), batch_size=20, shuffle=True)

model = nn.Sequential(nn.Linear(4, 24), nn.ReLU(), nn.Linear(24, 2))
opt = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
sched = torch.optim.lr_scheduler.OneCycleLR(
    opt, max_lr=0.3, epochs=EPOCHS, steps_per_epoch=len(loader)
)
loss_fn = nn.CrossEntropyLoss()

for epoch in range(EPOCHS):
    total = 0.0
    for xb, yb in loader:
        opt.zero_grad()
        loss = loss_fn(model(xb), yb)
        loss.backward()
        opt.step()
        total += loss.item()
    sched.step()
    print(f"epoch {epoch + 1} loss {total / len(loader):.4f} lr {sched.get_last_lr()[0]:.5f}")
