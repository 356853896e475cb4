import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(56)


class Demand(nn.Module):
    """Sales are never negative, and on many days there are none."""

    def __init__(self):
        super().__init__()
        self.a = nn.Linear(3, 32)
        self.b = nn.Linear(32, 1)
        nn.init.constant_(self.b.bias, 0.5)

    def forward(self, x):
        return torch.relu(self.b(torch.tanh(self.a(x))))


def days(n):
    x = torch.rand(n, 3) * 2 - 1
    sold = torch.relu(2.5 * x[:, :1] + x[:, 1:2] * x[:, 2:] - 0.2)
    return TensorDataset(x, sold)


train = DataLoader(days(480), batch_size=48, shuffle=True)
test = days(200)
net = Demand()
opt = torch.optim.Adam(net.parameters(), lr=8e-3)
loss_fn = nn.MSELoss()
for epoch in range(28):
    t = 0.0
    for x, s in train:
        loss = loss_fn(net(x), s)
        opt.zero_grad()
        loss.backward()
        opt.step()
        t += loss.item() / len(train)
    if epoch % 7 == 6:
        with torch.no_grad():
            p = net(test.tensors[0])
            e = loss_fn(p, test.tensors[1]).item()
            zero = (p == 0).float().mean().item()
        print(f"epoch {epoch + 1} train {t:.5f} test {e:.5f} days without sales {zero:.2f}")
