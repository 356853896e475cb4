import copy
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.bad, self.best, self.state = patience, 0, float("inf"), None

    def __call__(self, value, net):
        if value < self.best - 1e-4:
            self.best, self.bad = value, 0
            self.state = copy.deepcopy(net.state_dict())
        else:
            self.bad += 1
        return self.bad >= self.patience


def evaluate(net, loader, fn):
    net.eval()
    s = n = 0
    with torch.no_grad():
        for x, y in loader:
            s += fn(net(x), y).item() * len(x)
            n += len(x)
    return s / n


def main():
    torch.manual_seed(46)
    x = torch.randn(260, 15)
    y = x[:, :1] - 0.5 * x[:, 1:2] * x[:, 2:3] + 0.4 * torch.randn(260, 1)
    parts = [TensorDataset(x[a:b], y[a:b]) for a, b in ((0, 140), (140, 200), (200, 260))]
    tr = DataLoader(parts[0], batch_size=20, shuffle=True)
    va, te = DataLoader(parts[1], batch_size=60), DataLoader(parts[2], batch_size=60)
    net = nn.Sequential(nn.Linear(15, 64), nn.ReLU(), nn.Dropout(0.2), nn.Linear(64, 1))
    opt = torch.optim.Adam(net.parameters(), lr=4e-3)
    fn, stop = nn.MSELoss(), EarlyStopping(6)
    for epoch in range(80):
        net.train()
        for a, b in tr:
            loss = fn(net(a), b)
            opt.zero_grad()
            loss.backward()
            opt.step()
        v = evaluate(net, va, fn)
        if epoch % 5 == 0:
            print("epoch", epoch, "val", round(v, 4))
        if stop(v, net):
            print("stopping after epoch", epoch)
            break
    net.load_state_dict(stop.state)
    print("best val", round(stop.best, 4), "test", round(evaluate(net, te, fn), 4))


if __name__ == "__main__":
    main()
