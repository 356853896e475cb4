import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 8, 3, padding=1)
        self.conv2 = nn.Conv2d(8, 8, 3, padding=1)
        self.fc = nn.Linear(8 * 2 * 2, 2)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc(torch.flatten(x, 1))


def crosses_and_boxes(n):
    images = torch.zeros(n, 1, 8, 8)
    labels = torch.randint(0, 2, (n,))
    for i, kind in enumerate(labels):
        if kind == 0:
            images[i, 0, 4, 1:7] = 1
            images[i, 0, 1:7, 4] = 1
        else:
            images[i, 0, 2:6, 2] = images[i, 0, 2:6, 5] = 1
            images[i, 0, 2, 2:6] = images[i, 0, 5, 2:6] = 1
    return images + 0.3 * torch.randn_like(images), labels


def main():
    torch.manual_seed(7)
    train_x, train_y = crosses_and_boxes(160)
    test_x, test_y = crosses_and_boxes(40)
    net = Net()
    optimizer = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=4, gamma=0.5)
    for epoch in range(8):
        for ids in torch.randperm(160).split(16):
            optimizer.zero_grad()
            loss = F.cross_entropy(net(train_x[ids]), train_y[ids])
            loss.backward()
        scheduler.step()
        with torch.no_grad():
            test_loss = F.cross_entropy(net(test_x), test_y)
        print("Epoch", epoch, "test loss", round(test_loss.item(), 4))


main()
