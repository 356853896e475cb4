import torch
import torch.nn as nn
from torch.utils.checkpoint import checkpoint

torch.manual_seed(60)


class Block(nn.Module):
    def __init__(self, d, p):
        super().__init__()
        self.norm = nn.LayerNorm(d)
        self.ff = nn.Sequential(nn.Linear(d, 2 * d), nn.GELU(), nn.Dropout(p), nn.Linear(2 * d, d))

    def forward(self, h):
        return h + self.ff(self.norm(h))


class Deep(nn.Module):
    def __init__(self, d=24, depth=4, p=0.05):
        super().__init__()
        self.inp = nn.Linear(5, d)
        self.blocks = nn.ModuleList(Block(d, p) for _ in range(depth))
        self.out = nn.Linear(d, 3)

    def forward(self, x):
        h = self.inp(x)
        for b in self.blocks:
            h = checkpoint(b, h, use_reentrant=False) if self.training else b(h)
        return self.out(h)


x = torch.randn(450, 5)
y = torch.bucketize(x[:, 0] * x[:, 1] + x[:, 2], torch.tensor([-0.6, 0.6]))
tr, va = slice(0, 350), slice(350, 450)
net = Deep()
opt = torch.optim.AdamW(net.parameters(), lr=4e-3)
ce = nn.CrossEntropyLoss()
for epoch in range(16):
    net.train()
    tot = 0.0
    for i in torch.randperm(350).split(50):
        opt.zero_grad()
        loss = ce(net(x[tr][i]), y[tr][i])
        loss.backward()
        opt.step()
        tot += loss.item() / 7
    net.eval()
    with torch.no_grad():
        out = net(x[va])
    if epoch % 3 == 0:
        print(f"epoch {epoch:2d} loss {tot:.4f} val {ce(out, y[va]).item():.4f} acc {(out.argmax(1) == y[va]).float().mean():.3f}")
