import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(8)


class SmallCNN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 6, 3, padding=1)
        self.fc = nn.Linear(6 * 4 * 4, 4)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv(x)), 2)
        return self.fc(x.flatten(1))


def stripes(n):
    """Four kinds of picture: the bright stripe is in one of four places."""
    y = torch.randint(4, (n,))
    x = torch.randn(n, 1, 8, 8)
    for k in range(4):
        x[y == k, 0, 2 * k:2 * k + 2, :] += 0.8
    return x, y


def main():
    x, y = stripes(320)
    xv, yv = stripes(80)
    net = SmallCNN()
    sgd = torch.optim.SGD(net.parameters(), lr=0.1)
    for ep in range(5):
        perm = torch.randperm(len(x))
        net.zero_grad()
        ep_loss = 0.0
        for chunk in perm.chunk(20):
            loss = F.cross_entropy(net(x[chunk]), y[chunk])
            loss.backward()
            sgd.step()
            ep_loss += loss.item() / 20
        with torch.no_grad():
            acc = (net(xv).argmax(1) == yv).float().mean().item()
        print("epoch", ep, "train", round(ep_loss, 3), "val acc", round(acc, 3))


main()
