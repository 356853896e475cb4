import torch
from torch import nn


class Layer(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.linear = nn.Linear(width, width)

    def forward(self, x):
        return torch.relu(self.linear(x)) + x


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.first = Layer(width)
        self.second = Layer(width)

    def forward(self, x):
        return self.second(self.first(x))


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.enter = nn.Linear(5, width)
        self.blocks = [Block(width) for _ in range(2)]
        self.out = nn.Linear(width, 1)

    def forward(self, x):
        x = self.enter(x)
        for block in self.blocks:
            x = block(x)
        return self.out(x)


torch.manual_seed(12)
x = torch.randn(160, 5)
y = x.pow(2).sum(1, keepdim=True)
net = Net(8)
opt = torch.optim.Adam(net.parameters(), lr=0.01)
for epoch in range(6):
    for rows in torch.randperm(160).split(20):
        opt.zero_grad()
        loss = nn.functional.mse_loss(net(x[rows]), y[rows])
        loss.backward()
        opt.step()
    print(epoch, loss.item())
