import torch
from torch import nn

torch.manual_seed(67)


def glyphs(n):
    g = torch.zeros(n, 1, 8, 8)
    for k in range(n):
        r, c, h, w = torch.randint(0, 4, (4,)).tolist()
        g[k, 0, r:r + h + 2, c:c + w + 2] = 1.0
    return g


class AE(nn.Module):
    def __init__(self, ch=8):
        super().__init__()
        self.down = nn.Sequential(nn.Conv2d(1, ch, 3, stride=2, padding=1), nn.ReLU(), nn.Conv2d(ch, 2 * ch, 3, stride=2, padding=1), nn.ReLU())
        self.up = nn.Sequential(nn.ConvTranspose2d(2 * ch, ch, 2, stride=2), nn.ReLU(), nn.ConvTranspose2d(ch, 1, 2, stride=2))

    def forward(self, x):
        return self.up(self.down(x))


clean = glyphs(320)
net = AE()
opt = torch.optim.AdamW(net.parameters(), lr=1e-2, weight_decay=1e-4)
criterion = nn.BCEWithLogitsLoss()
for epoch in range(18):
    parts = []
    for i in torch.randperm(320).split(40):
        noisy = clean[i] + 0.4 * torch.randn_like(clean[i])
        loss = criterion(net(noisy), clean[i])
        opt.zero_grad()
        loss.backward()
        opt.step()
        parts.append(loss.item())
    if epoch % 4 == 1:
        print("epoch", epoch, "bce", round(sum(parts) / len(parts), 4))
with torch.no_grad():
    fresh = glyphs(100)
    out = (net(fresh + 0.4 * torch.randn_like(fresh)) > 0).float()
print("pixels restored on new glyphs", round((out == fresh).float().mean().item(), 3))
