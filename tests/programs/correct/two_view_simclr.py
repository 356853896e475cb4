import torch
from torch import nn
torch.manual_seed(0)
x = torch.randn(256, 10); f = nn.Sequential(nn.Linear(10, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 8)); opt = torch.optim.Adam(f.parameters(), 3e-3)
n = 32
for e in range(8):
    for k in torch.randperm(256).split(n):
        v = torch.cat([x[k] + 0.2 * torch.randn(n, 10), x[k] + 0.2 * torch.randn(n, 10)])
        z = nn.functional.normalize(f(v), dim=1); s = z @ z.T / 0.2; s = s.masked_fill(torch.eye(2 * n, dtype=torch.bool), -1e9)
        t = torch.cat([torch.arange(n, 2 * n), torch.arange(n)])
        l = nn.functional.cross_entropy(s, t); opt.zero_grad(); l.backward(); opt.step()
    print(e, l.item())
