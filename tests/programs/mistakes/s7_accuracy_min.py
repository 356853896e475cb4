import torch
import torch.nn.functional as F


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.c = torch.nn.Conv2d(1, 5, 3)
        self.d = torch.nn.Linear(5 * 9, 3)

    def forward(self, x):
        return self.d(F.max_pool2d(F.relu(self.c(x)), 2).flatten(1))


def shapes(n):
    y = torch.randint(0, 3, (n,))
    x = torch.randn(n, 1, 8, 8) * 0.7
    x[y == 0, :, 3:5, :] += 1
    x[y == 1, :, :, 3:5] += 1
    x[y == 2, :, 2:6, 2:6] += 0.6
    return x, y


@torch.no_grad()
def accuracy(net, x, y):
    return (net(x).argmax(1) == y).float().mean().item()


def main():
    torch.manual_seed(24)
    (x, y), (xv, yv) = shapes(300), shapes(120)
    net = Net()
    sgd = torch.optim.SGD(net.parameters(), lr=0.02, momentum=0.5)
    plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(sgd, factor=0.1, patience=0)
    for epoch in range(10):
        order = torch.randperm(300)
        for i in range(0, 300, 30):
            sgd.zero_grad()
            loss = F.cross_entropy(net(x[order[i:i + 30]]), y[order[i:i + 30]])
            loss.backward()
            sgd.step()
        metric = accuracy(net, xv, yv)
        plateau.step(metric)
        print(epoch, f"loss {loss.item():.3f} accuracy {metric:.3f} lr {sgd.param_groups[0]['lr']:.1e}")


main()
