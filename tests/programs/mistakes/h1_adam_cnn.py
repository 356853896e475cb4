import torch
import torch.nn as nn
import torch.nn.functional as F


class LeNetish(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1 = nn.Conv2d(1, 4, 3, padding=1)
        self.c2 = nn.Conv2d(4, 8, 3, padding=1)
        self.fc = nn.Linear(32, 4)

    def forward(self, x):
        x = F.avg_pool2d(F.leaky_relu(self.c1(x), 0.2), 2)
        x = F.avg_pool2d(F.leaky_relu(self.c2(x), 0.2), 2)
        return self.fc(x.flatten(1))


def quadrants(n):
    y = torch.randint(0, 4, (n,))
    x = torch.randn(n, 1, 8, 8) * 0.8
    for i in range(n):
        r, c = 4 * (int(y[i]) // 2), 4 * (int(y[i]) % 2)
        x[i, 0, r:r + 4, c:c + 4] += 0.7
    return x, y


class Config:
    lr = 2.0
    epochs = 6
    batch = 20


torch.manual_seed(1002)
x, y = quadrants(240)
net = LeNetish()
opt = torch.optim.Adam(net.parameters(), lr=Config.lr)
for epoch in range(Config.epochs):
    total = 0.0
    for idx in torch.randperm(len(x)).split(Config.batch):
        loss = F.cross_entropy(net(x[idx]), y[idx])
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item()
    print("epoch", epoch, "loss", round(total / 12, 3))
