import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(75)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Linear(9, 32)
        self.norm = nn.LayerNorm(32)
        self.block = nn.Sequential(nn.Linear(32, 64), nn.GELU(), nn.Linear(64, 32))
        self.out = nn.Linear(32, 1)

    def forward(self, x):
        h = self.norm(self.embed(x))
        return self.out(h + self.block(h))


def groups(net, wd):
    decay, plain = [], []
    for name, p in net.named_parameters():
        (plain if p.ndim < 2 else decay).append(p)
    return [{"params": decay, "weight_decay": wd}, {"params": plain, "weight_decay": 0.0, "lr": 8e-3}]


X = torch.randn(512, 9)
Y = X[:, :3].prod(1, keepdim=True).tanh() + X[:, 3:4].abs() + 0.05 * torch.randn(512, 1)
loader = DataLoader(TensorDataset(X, Y), batch_size=64, shuffle=True, drop_last=True)
net = Net()
opt = torch.optim.AdamW(groups(net, 0.05), lr=4e-3)
total_steps = 40 * len(loader)
sched = torch.optim.lr_scheduler.LambdaLR(
    opt, [lambda s: 1 - s / total_steps, lambda s: max(0.1, 0.999 ** s)])
fn = nn.MSELoss()
for ep in range(40):
    acc = 0.0
    for x, y in loader:
        opt.zero_grad()
        loss = fn(net(x), y)
        loss.backward()
        opt.step()
        sched.step()
        acc += loss.item()
    if ep % 8 == 7:
        print("epoch", ep + 1, "mse %.4f" % (acc / len(loader)), "rates", ["%.5f" % r for r in sched.get_last_lr()])
