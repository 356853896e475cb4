import torch
from torch import nn
torch.manual_seed(0)
x = torch.randn(200, 4); y = x @ torch.randn(4)
net = nn.Sequential(nn.Linear(4, 16), nn.Tanh(), nn.Linear(16, 1)); opt = torch.optim.Adam(net.parameters(), 1e-2)
for e in range(10):
    for k in torch.randperm(200).split(20):
        s = net(x[k]); d = s - s.T; t = torch.sign(y[k][:, None] - y[k][None])
        l = nn.functional.softplus(-d * t).mean(); opt.zero_grad(); l.backward(); opt.step()
    print(e, l.item())
