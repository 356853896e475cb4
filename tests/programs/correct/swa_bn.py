import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.optim.swa_utils import AveragedModel, update_bn
from torch.utils.data import DataLoader, TensorDataset


class SmallCNN(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.conv2 = nn.Conv2d(8, 8, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(8)
        self.fc = nn.Linear(8 * 4, classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.bn2(self.conv2(x))), 2)
        return self.fc(x.flatten(1))


def pictures(n):
    y = torch.randint(0, 4, (n,))
    x = 0.6 * torch.randn(n, 1, 8, 8)
    for i in range(n):
        x[i, 0, :, 2 * int(y[i]):2 * int(y[i]) + 2] += 0.9
    return TensorDataset(x, y)


def accuracy(model, loader):
    model.eval()
    with torch.no_grad():
        hits = [(model(x).argmax(1) == y).float().mean() for x, y in loader]
    model.train()
    return torch.stack(hits).mean().item()


if __name__ == "__main__":
    torch.manual_seed(83)
    train = DataLoader(pictures(320), batch_size=40, shuffle=True)
    test = DataLoader(pictures(200), batch_size=100)
    net = SmallCNN(4)
    avg = AveragedModel(net)
    opt = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9)
    for epoch in range(12):
        total = 0.0
        for x, y in train:
            opt.zero_grad()
            loss = F.cross_entropy(net(x), y)
            loss.backward()
            opt.step()
            total += loss.item()
        if epoch >= 6:
            avg.update_parameters(net)
        print("epoch", epoch, "loss %.4f" % (total / len(train)), "test %.3f" % accuracy(net, test))
    update_bn(train, avg)
    print("averaged model: test %.3f" % accuracy(avg, test))
