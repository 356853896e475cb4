import torch
import torch.nn.functional as F


class DigitNet(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(1, 8, 3)
        self.lin = torch.nn.Linear(8 * 9, 5)

    def forward(self, img):
        h = F.max_pool2d(F.relu(self.conv(img)), 2).flatten(1)
        return F.softmax(self.lin(h), dim=-1)


def fake_digits(n, prototypes):
    y = torch.randint(0, 5, (n,))
    return prototypes[y] + 0.6 * torch.randn(n, 1, 8, 8), y


def train(net, opt, x, y):
    losses = []
    for idx in torch.randperm(len(x)).split(25):
        opt.zero_grad()
        p = net(x[idx])
        loss = F.cross_entropy(p, y[idx])
        loss.backward()
        opt.step()
        losses.append(loss.item())
    return sum(losses) / len(losses)


def test(net, x, y):
    with torch.no_grad():
        return (net(x).argmax(-1) == y).float().mean().item()


torch.manual_seed(2002)
prototypes = (torch.rand(5, 1, 8, 8) > 0.5).float()
train_set, test_set = fake_digits(300, prototypes), fake_digits(80, prototypes)
net = DigitNet()
opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
for e in range(6):
    print(e, f"{train(net, opt, *train_set):.4f}", f"{test(net, *test_set):.3f}")
