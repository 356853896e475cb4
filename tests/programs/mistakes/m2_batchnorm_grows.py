import torch
import torch.nn.functional as F


def make_rows(n, shift=0.0):
    y = torch.randint(0, 3, (n,))
    x = torch.randn(n, 6) + 1.3 * torch.eye(3, 6)[y] + shift
    return x, y


def accuracy(net, x, y):
    with torch.no_grad():
        guesses = torch.cat([net(part).argmax(1) for part in x.split(20)])
    return (guesses == y).float().mean().item()


def build(width):
    return torch.nn.Sequential(
        torch.nn.Linear(6, width),
        torch.nn.BatchNorm1d(width),
        torch.nn.ReLU(),
        torch.nn.Linear(width, 3),
    )


def main():
    torch.manual_seed(3005)
    x, y = make_rows(300)
    xt, yt = make_rows(100, shift=0.6)
    net = build(24)
    opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    for epoch in range(6):
        for rows in torch.randperm(300).split(30):
            opt.zero_grad()
            loss = F.cross_entropy(net(x[rows]), y[rows])
            loss.backward()
            opt.step()
        print(epoch, round(loss.item(), 4), "held out", round(accuracy(net, xt, yt), 3))
    print("batches seen by the norm:", net[1].num_batches_tracked.item())


main()
