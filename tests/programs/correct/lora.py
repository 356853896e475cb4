import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class LowRank(nn.Module):
    def __init__(self, base: nn.Linear, r: int, scale: float):
        super().__init__()
        self.base = base
        for p in self.base.parameters():
            p.requires_grad = False
        self.down = nn.Parameter(torch.randn(r, base.in_features) / base.in_features ** 0.5)
        self.up = nn.Parameter(torch.zeros(base.out_features, r))
        self.scale = scale

    def forward(self, x):
        return self.base(x) + self.scale * (x @ self.down.T @ self.up.T)


def fit(net, ds, lr, epochs, title):
    opt = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=lr)
    dl = DataLoader(ds, batch_size=32, shuffle=True)
    fn = nn.MSELoss()
    for e in range(epochs):
        t = 0.0
        for x, y in dl:
            loss = fn(net(x), y)
            opt.zero_grad()
            loss.backward()
            opt.step()
            t += loss.item() / len(dl)
        if e % 6 == 5:
            print(f"{title} epoch {e + 1} loss {t:.4f}")


torch.manual_seed(88)
w = torch.randn(8, 1) / 2
x1, x2 = torch.randn(384, 8), torch.randn(256, 8)
net = nn.Sequential(nn.Linear(8, 48), nn.Tanh(), nn.Linear(48, 48), nn.Tanh(), nn.Linear(48, 1))
fit(net, TensorDataset(x1, torch.sin(x1 @ w)), 5e-3, 12, "base")
net[0] = LowRank(net[0], 3, 1.0)
net[2] = LowRank(net[2], 3, 1.0)
net[4].requires_grad_(False)
fit(net, TensorDataset(x2, torch.sin(x2 @ w + 0.8) + 0.2 * x2[:, :1]), 1e-2, 18, "adapter")
