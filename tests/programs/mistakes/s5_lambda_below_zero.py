import torch
from torch.utils.data import DataLoader, TensorDataset


class Multi(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = torch.nn.Linear(7, 21)
        self.outer = torch.nn.Linear(21, 4)

    def forward(self, x):
        return self.outer(torch.sigmoid(self.inner(x)))


def linear_decay(epoch):
    return 1 - epoch / 4


torch.manual_seed(19)
x = torch.randn(280, 7)
y = (x @ torch.randn(7, 4) > 0).float()
loader = DataLoader(TensorDataset(x, y), batch_size=28, shuffle=True)
model = Multi()
opt = torch.optim.SGD(model.parameters(), lr=1.0)
sched = torch.optim.lr_scheduler.LambdaLR(opt, lr_lambda=linear_decay)
crit = torch.nn.BCEWithLogitsLoss()

for epoch in range(10):
    mean = 0.0
    for xb, yb in loader:
        opt.zero_grad()
        loss = crit(model(xb), yb)
        loss.backward()
        opt.step()
        mean += loss.item() / len(loader)
    print(f"epoch {epoch}: loss {mean:.4f}")
    sched.step()
