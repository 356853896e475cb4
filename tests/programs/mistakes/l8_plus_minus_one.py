import torch
import torch.nn.functional as F


class Perceptron(torch.nn.Module):
    def __init__(self, d):
        super().__init__()
        self.hidden = torch.nn.Linear(d, 16)
        self.score = torch.nn.Linear(16, 1)

    def forward(self, x):
        return self.score(torch.tanh(self.hidden(x))).flatten()


def problem(n):
    x = torch.randn(n, 4)
    side = torch.sign(x[:, 0] - x[:, 1] + 0.7 * x[:, 2])
    return x, side


torch.manual_seed(2018)
x, side = problem(280)
net = Perceptron(4)
opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
for epoch in range(10):
    order = torch.randperm(280)
    value = 0.0
    for part in order.split(28):
        opt.zero_grad()
        loss = F.binary_cross_entropy_with_logits(net(x[part]), side[part])
        loss.backward()
        opt.step()
        value += loss.item() / 10
    print("epoch", epoch, "loss", round(value, 4))
