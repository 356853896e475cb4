import torch
from torch import nn
torch.manual_seed(0)
net = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 1)); x = torch.randn(200, 4); y = x[:, :1].abs()
opt = torch.optim.Adam([{"params": net[0].parameters(), "lr": 0.0}, {"params": net[2].parameters(), "lr": 1e-2}])
for e in range(10):
    if e == 4: opt.param_groups[0]["lr"] = 3e-3
    for k in torch.randperm(200).split(20):
        l = nn.functional.mse_loss(net(x[k]), y[k]); opt.zero_grad(); l.backward(); opt.step()
    print(e, l.item())
