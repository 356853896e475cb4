import torch
import torch.nn as nn
import torch.nn.functional as F


class ConvBN(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(6)
        self.conv2 = nn.Conv2d(6, 12, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(12)
        self.fc = nn.Linear(12, 3)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.relu(self.bn2(self.conv2(x)))
        return self.fc(x.mean(dim=(2, 3)))


def textures(n):
    y = torch.randint(0, 3, (n,))
    x = torch.randn(n, 1, 8, 8) * 0.8 + 2.0
    x[y == 1, :, ::2, :] += 0.9
    x[y == 2, :, :, ::2] += 0.9
    return x, y


class Trainer:
    def __init__(self, net, train_data, test_data):
        self.net, self.train_data, self.test_data = net, train_data, test_data
        self.opt = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9)

    def train_epoch(self):
        x, y = self.train_data
        for b in torch.randperm(len(x)).split(30):
            self.opt.zero_grad()
            loss = F.cross_entropy(self.net(x[b]), y[b])
            loss.backward()
            self.opt.step()
        return loss.item()

    @torch.no_grad()
    def test(self):
        self.net.eval()
        x, y = self.test_data
        return (self.net(x).argmax(1) == y).float().mean().item()


torch.manual_seed(3002)
trainer = Trainer(ConvBN(), textures(240), textures(60))
for epoch in range(6):
    loss = trainer.train_epoch()
    print(f"epoch {epoch}: loss {loss:.4f} test {trainer.test():.3f}")
