import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(43)


class Discrete(nn.Module):
    """Autoencoder whose code is one symbol out of twelve."""

    def __init__(self, d=16, k=12):
        super().__init__()
        self.enc = nn.Sequential(nn.Linear(d, 32), nn.ReLU(), nn.Linear(32, k))
        self.dec = nn.Linear(k, d)
        self.tau = 1.0

    def forward(self, x):
        g = self.enc(x)
        if self.training:
            code = F.gumbel_softmax(g, tau=self.tau, hard=True)
        else:
            code = F.one_hot(g.argmax(1), g.size(1)).float()
        return self.dec(code), g


sorten = torch.randn(6, 16)


def rows(n):
    return sorten[torch.randint(0, 6, (n,))] + 0.2 * torch.randn(n, 16)


x, xv = rows(512), rows(256)
net = Discrete()
opt = torch.optim.Adam(net.parameters(), lr=0.01)
for epoch in range(35):
    net.train()
    net.tau = max(0.5, 0.97 ** epoch)
    s = 0.0
    for i in torch.randperm(512).split(32):
        out, _ = net(x[i])
        loss = F.mse_loss(out, x[i])
        opt.zero_grad()
        loss.backward()
        opt.step()
        s += loss.item() / 16
    if epoch % 7 == 6:
        net.eval()
        with torch.no_grad():
            out, g = net(xv)
            v = F.mse_loss(out, xv).item()
        print(f"epoch {epoch + 1} tau {net.tau:.2f} train {s:.4f} valid {v:.4f} symbols {len(g.argmax(1).unique())}")
