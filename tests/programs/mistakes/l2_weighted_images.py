import torch
import torch.nn as nn


def has_spot(n):
    img = torch.randn(n, 1, 8, 8) * 0.5
    flag = (torch.rand(n) < 0.3).float()
    for i in flag.nonzero().flatten().tolist():
        r, c = torch.randint(0, 6, (2,)).tolist()
        img[i, 0, r:r + 3, c:c + 3] += 1.5
    return img, flag


class SpotFinder(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(nn.Conv2d(1, 8, 3), nn.ReLU(), nn.AdaptiveMaxPool2d(1))
        self.last = nn.Linear(8, 1)

    def forward(self, img):
        z = self.last(self.features(img).flatten(1)).squeeze(1)
        return z

    def predict(self, img):
        return self.forward(img).sigmoid()


def main():
    torch.manual_seed(2006)
    img, flag = has_spot(300)
    net = SpotFinder()
    weight = (flag == 0).sum() / flag.sum()
    bce = nn.BCEWithLogitsLoss(pos_weight=weight)
    opt = torch.optim.Adam(net.parameters(), lr=0.02)
    for epoch in range(12):
        mean = 0.0
        for b in torch.randperm(300).split(30):
            opt.zero_grad()
            out = net.predict(img[b])
            loss = bce(out, flag[b])
            loss.backward()
            opt.step()
            mean += loss.item() / 10
        if epoch % 3 == 2:
            print(f"epoch {epoch + 1}: {mean:.4f}")


main()
