import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset


def data(n):
    x = torch.randn(n, 1, 8, 8) * 0.5
    y = torch.randint(0, 3, (n,))
    for i in range(n):
        if y[i] == 0:
            x[i, 0, 3:5, :] += 1
        elif y[i] == 1:
            x[i, 0, :, 3:5] += 1
        else:
            x[i, 0] += torch.eye(8)
    return x, y


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1 = nn.Conv2d(1, 8, 3)
        self.c2 = nn.Conv2d(8, 16, 3)
        self.out = nn.Linear(16, 3)

    def forward(self, x):
        x = F.relu(self.c1(x))
        x = F.relu(self.c2(x)).mean((2, 3))
        return self.out(x)


torch.manual_seed(31)
X, Y = data(320)
dl = DataLoader(TensorDataset(X, Y), batch_size=32, shuffle=True)
net, epochs = Net(), 12
opt = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
sched = torch.optim.lr_scheduler.OneCycleLR(opt, max_lr=0.25, epochs=epochs, steps_per_epoch=len(dl))
for ep in range(epochs):
    total, good = 0.0, 0
    for xb, yb in dl:
        opt.zero_grad()
        out = net(xb)
        loss = F.cross_entropy(out, yb)
        loss.backward()
        opt.step()
        sched.step()
        total += loss.item() * len(xb)
        good += (out.argmax(1) == yb).sum().item()
    print(f"ep {ep} loss {total / 320:.4f} acc {good / 320:.3f} lr {sched.get_last_lr()[0]:.5f}")
