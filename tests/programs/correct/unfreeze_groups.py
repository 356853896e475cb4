import torch
import torch.nn as nn
import torch.nn.functional as F


class Stack(nn.Module):
    def __init__(self):
        super().__init__()
        self.low = nn.Linear(10, 32)
        self.mid = nn.Linear(32, 32)
        self.top = nn.Linear(32, 3)

    def forward(self, x):
        return self.top(F.relu(self.mid(F.relu(self.low(x)))))


def freeze(layer, off=True):
    for p in layer.parameters():
        p.requires_grad = not off


def main():
    torch.manual_seed(44)
    teacher = torch.randn(10, 3)
    x = torch.randn(600, 10)
    y = (x @ teacher + 0.3 * (x ** 2)[:, :3]).argmax(1)
    net = Stack()
    freeze(net.low)
    freeze(net.mid)
    opt = torch.optim.Adam(net.top.parameters(), lr=8e-3)
    plan = {4: net.mid, 8: net.low}
    for epoch in range(26):
        if epoch in plan:
            layer = plan[epoch]
            freeze(layer, off=False)
            opt.add_param_group({"params": list(layer.parameters()), "lr": 4e-3})
        total = 0.0
        for i in torch.randperm(600).split(50):
            loss = F.cross_entropy(net(x[i]), y[i])
            opt.zero_grad()
            loss.backward()
            opt.step()
            total += loss.item()
        live = sum(p.numel() for p in net.parameters() if p.requires_grad)
        if epoch % 4 == 3:
            print("epoch", epoch, "trainable", live, "loss", round(total / 12, 4))


if __name__ == "__main__":
    main()
