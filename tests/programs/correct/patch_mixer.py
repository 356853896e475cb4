import torch
import torch.nn as nn
import torch.nn.functional as F


def patches(img, p=4):
    b, c, h, w = img.shape
    img = img.view(b, c, h // p, p, w // p, p)
    return img.permute(0, 2, 4, 1, 3, 5).reshape(b, (h // p) * (w // p), c * p * p)


class Mixer(nn.Module):
    def __init__(self, tokens=4, dim=24, classes=4):
        super().__init__()
        self.embed = nn.Linear(16, dim)
        self.n1, self.n2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.tok = nn.Sequential(nn.Linear(tokens, 16), nn.GELU(), nn.Linear(16, tokens))
        self.chan = nn.Sequential(nn.Linear(dim, 48), nn.GELU(), nn.Linear(48, dim))
        self.head = nn.Linear(dim, classes)

    def forward(self, img):
        h = self.embed(patches(img))
        h = h + self.tok(self.n1(h).transpose(1, 2)).transpose(1, 2)
        h = h + self.chan(self.n2(h))
        return self.head(h.mean(1))


def corners(n):
    k = torch.randint(0, 4, (n,))
    img = 0.5 * torch.randn(n, 1, 8, 8)
    a, b = k // 2, k % 2
    for r in range(n):
        # two blobs: either on the main diagonal or not, bright or dark
        for s in (0, 1):
            row, col = 4 * s, 4 * (s if a[r] == 0 else 1 - s)
            img[r, 0, row + 1:row + 3, col + 1:col + 3] += 1.6 if b[r] else -1.6
    return img, k


def evaluate(net, img, k):
    net.eval()
    with torch.inference_mode():
        out = torch.cat([net(part) for part in img.split(64)])
    return F.cross_entropy(out, k).item(), (out.argmax(1) == k).float().mean().item()


if __name__ == "__main__":
    torch.manual_seed(107)
    train, test = corners(420), corners(200)
    net = Mixer()
    opt = torch.optim.AdamW(net.parameters(), lr=4e-3)
    for epoch in range(16):
        net.train()
        total, seen = 0.0, 0
        for i in torch.randperm(420).split(32):
            loss = F.cross_entropy(net(train[0][i]), train[1][i])
            opt.zero_grad()
            loss.backward()
            opt.step()
            total += loss.item() * len(i)
            seen += len(i)
        if epoch % 4 == 3:
            print("epoch", epoch + 1, "train %.4f" % (total / seen), "test %.4f acc %.3f" % evaluate(net, *test))
