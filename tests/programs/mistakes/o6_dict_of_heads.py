import torch
from torch import nn

TASKS = {"colour": 3, "shape": 2}


class MultiTask(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(5, 4), nn.ReLU())
        self.heads = {name: nn.Linear(4, k) for name, k in TASKS.items()}

    def forward(self, x):
        h = self.trunk(x)
        return {name: head(h) for name, head in self.heads.items()}


def samples(n):
    x = torch.randn(n, 5)
    return x, {
        "colour": torch.stack([x[:, 0], x[:, 1], x[:, 2]], 1).argmax(1),
        "shape": (x[:, 3] + x[:, 4] > 0).long(),
    }


def total_loss(outputs, targets):
    return sum(nn.functional.cross_entropy(outputs[t], targets[t]) for t in TASKS)


torch.manual_seed(66)
net = MultiTask()
opt = torch.optim.SGD(net.parameters(), lr=0.3)
x, t = samples(400)
for epoch in range(10):
    acc = 0.0
    for i in range(0, 400, 40):
        for head in net.heads.values():
            head.zero_grad()
        opt.zero_grad()
        batch_t = {k: v[i:i + 40] for k, v in t.items()}
        loss = total_loss(net(x[i:i + 40]), batch_t)
        loss.backward()
        opt.step()
        acc += loss.item()
    print("epoch", epoch, "sum of both losses", round(acc / 10, 4))
