import torch
from torch.utils.data import DataLoader, TensorDataset


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.body = torch.nn.Linear(10, 16)
        self.top = torch.nn.Linear(16, 1)

    def forward(self, x):
        return self.top(torch.relu(self.body(x)))


def groups(net):
    return [
        {"params": net.body.parameters(), "Lr": 0.2},
        {"params": net.top.parameters(), "Lr": 0.1},
    ]


if __name__ == "__main__":
    torch.manual_seed(84)
    x = torch.randn(240, 10)
    y = (x.abs().sum(1, keepdim=True) > 8).float()
    net = Net()
    opt = torch.optim.SGD(groups(net))
    bce = torch.nn.BCEWithLogitsLoss()
    for epoch in range(15):
        seen = []
        for xb, yb in DataLoader(TensorDataset(x, y), batch_size=24, shuffle=True):
            opt.zero_grad()
            loss = bce(net(xb), yb)
            loss.backward()
            opt.step()
            seen.append(loss.item())
        if epoch % 3 == 2:
            print(epoch + 1, sum(seen) / len(seen))
