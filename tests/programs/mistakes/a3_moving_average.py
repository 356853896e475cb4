import torch
import torch.nn.functional as F


class Meter:
    def __init__(self, beta=0.95):
        self.beta = beta
        self.value = None

    def update(self, v):
        self.value = v if self.value is None else self.beta * self.value + (1 - self.beta) * v


def digits(n):
    y = torch.randint(0, 4, (n,))
    x = torch.zeros(n, 1, 8, 8)
    for i in range(n):
        x[i, 0, :, 2 * int(y[i])] = 1
    return x + 0.5 * torch.randn(n, 1, 8, 8), y


torch.manual_seed(4008)
x, y = digits(240)
net = torch.nn.Sequential(torch.nn.Flatten(), torch.nn.Linear(64, 16), torch.nn.ReLU(), torch.nn.Linear(16, 4))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
meter = Meter()
for epoch in range(6):
    for rows in torch.randperm(240).split(20):
        loss = F.cross_entropy(net(x[rows]), y[rows])
        opt.zero_grad()
        loss.backward()
        opt.step()
        meter.update(loss)
    print(f"epoch {epoch}: smoothed {float(meter.value):.4f}")
