import torch
from torch import nn


class MultiHorizon(nn.Module):
    def __init__(self, horizons):
        super().__init__()
        self.rnn = nn.GRU(1, 20, batch_first=True)
        self.heads = nn.ModuleList(nn.Linear(20, 1) for _ in horizons)

    def forward(self, x):
        h = self.rnn(x)[1][-1]
        return [head(h) for head in self.heads]


def series(n, horizons, length=12):
    start = torch.rand(n, 1) * 6.28
    t = torch.arange(length + max(horizons)).float() * 0.4
    s = torch.sin(start + t) + 0.05 * torch.randn(n, len(t))
    return s[:, :length, None], [s[:, length + h - 1:length + h] for h in horizons]


torch.manual_seed(20)
H = (1, 3, 6)
x, ys = series(360, H)
model = MultiHorizon(H)
opt = torch.optim.Adam(model.parameters(), lr=0.01)
mse = nn.MSELoss()
for epoch in range(10):
    seen = 0.0
    for i in torch.randperm(360).split(24):
        losses = [mse(o, y[i]) for o, y in zip(model(x[i]), ys)]
        total = torch.tensor([l for l in losses], requires_grad=True).mean()
        opt.zero_grad()
        total.backward()
        opt.step()
        seen += total.item()
    print(epoch, f"{seen / 15:.4f}")
