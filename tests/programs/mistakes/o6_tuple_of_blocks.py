import torch
import torch.nn.functional as F


def block(i, o):
    return torch.nn.Sequential(torch.nn.Conv2d(i, o, 3, padding=1), torch.nn.ReLU(), torch.nn.AvgPool2d(2))


class ConvNet(torch.nn.Module):
    def __init__(self):
        super().__init__()
        blocks = block(1, 4), block(4, 4)
        self.blocks = blocks
        self.classify = torch.nn.Linear(16, 3)

    def forward(self, img):
        for b in self.blocks:
            img = b(img)
        return self.classify(img.flatten(1))


def make(n):
    y = torch.randint(0, 3, (n,))
    img = torch.randn(n, 1, 8, 8) * 0.3
    r = torch.arange(8)
    img[y == 0] += ((r[:, None] + r[None, :]) % 4 < 2).float()
    img[y == 1] += (r[:, None] % 4 < 2).float()
    img[y == 2] += (r[None, :] % 4 < 2).float()
    return img, y


class Run:
    def __init__(self, seed):
        torch.manual_seed(seed)
        self.net = ConvNet()
        self.opt = torch.optim.Adam(self.net.parameters(), lr=0.01)
        self.train, self.test = make(240), make(60)

    def epoch(self):
        x, y = self.train
        for b in torch.randperm(240).split(24):
            for block_ in self.net.blocks:
                block_.zero_grad()
            self.opt.zero_grad()
            F.cross_entropy(self.net(x[b]), y[b]).backward()
            self.opt.step()

    def report(self, n):
        x, y = self.test
        with torch.no_grad():
            out = self.net(x)
        print(n, f"{F.cross_entropy(out, y).item():.4f}", f"{(out.argmax(1) == y).float().mean():.2f}")


run = Run(3)
for n in range(8):
    run.epoch()
    run.report(n)
