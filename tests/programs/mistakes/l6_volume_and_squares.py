import torch
from torch import nn


class Squeeze(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(1, 16), nn.Tanh(), nn.Linear(16, 2))

    def score(self, pair):
        stretch, move = self.net(pair[:, :1]).unbind(1)
        z = pair[:, 1] * stretch.exp() + move
        return stretch - 0.5 * z**2


torch.manual_seed(31)
flow = Squeeze()
opt = torch.optim.Adam(flow.parameters(), lr=5e-3)
for turn in range(300):
    a = torch.randn(64, 1)
    value = flow.score(torch.cat([a, a**2 + 0.3 * torch.randn(64, 1)], 1)).mean()
    opt.zero_grad()
    value.backward()
    opt.step()
    if turn % 60 == 59:
        print(turn, value.item())
