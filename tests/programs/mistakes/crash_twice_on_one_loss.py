import torch
import torch.nn.functional as F


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.a = torch.nn.Linear(4, 20)
        self.b = torch.nn.Linear(20, 3)

    def forward(self, x):
        return self.b(torch.relu(self.a(x)))


def train_epoch(net, opt, x, y, hard_only):
    for idx in torch.randperm(len(x)).split(25):
        opt.zero_grad()
        loss = F.cross_entropy(net(x[idx]), y[idx])
        loss.backward()
        if hard_only and loss.item() > 0.0:
            # give difficult batches double weight
            loss.backward()
        opt.step()
    return loss.item()


def main():
    torch.manual_seed(6005)
    y = torch.randint(0, 3, (250,))
    x = torch.randn(3, 4)[y] * 1.5 + torch.randn(250, 4)
    net = Net()
    opt = torch.optim.SGD(net.parameters(), lr=0.1)
    for epoch in range(5):
        print(f"epoch {epoch}: {train_epoch(net, opt, x, y, hard_only=epoch >= 2):.4f}")


main()
