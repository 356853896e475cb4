import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset, random_split


class MIL(nn.Module):
    """Bags of instances, one label per bag."""

    def __init__(self, d):
        super().__init__()
        self.h = nn.Sequential(nn.Linear(d, 24), nn.Tanh())
        self.a = nn.Linear(24, 1)
        self.o = nn.Linear(24, 1)

    def forward(self, bag):
        h = self.h(bag)
        w = self.a(h).softmax(dim=1)
        return self.o((w * h).sum(1)).squeeze(-1), w.squeeze(-1)


def bags(n, size=6, d=5):
    x = torch.randn(n, size, d)
    pos = torch.rand(n) < 0.5
    where = torch.randint(0, size, (n,))
    x[torch.arange(n)[pos], where[pos]] += torch.tensor([2.5, 2.5, 0, 0, 0])
    return TensorDataset(x, pos.float(), where)


def main():
    torch.manual_seed(102)
    train, test = random_split(bags(600), [450, 150])
    loader = DataLoader(train, batch_size=45, shuffle=True)
    net = MIL(5)
    opt = torch.optim.RAdam(net.parameters(), lr=2e-2)
    crit = nn.BCEWithLogitsLoss()
    for epoch in range(22):
        s = 0.0
        for x, y, _ in loader:
            loss = crit(net(x)[0], y)
            opt.zero_grad()
            loss.backward()
            opt.step()
            s += loss.item()
        if epoch % 4 == 1:
            print("epoch", epoch, "loss", round(s / len(loader), 4))
    with torch.no_grad():
        x, y, where = next(iter(DataLoader(test, batch_size=150)))
        z, w = net(x)
        print("bags right", ((z > 0).float() == y).float().mean().item(),
              "instance found", (w.argmax(1) == where)[y > 0].float().mean().item())


if __name__ == "__main__":
    main()
