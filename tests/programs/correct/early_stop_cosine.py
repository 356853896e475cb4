import torch
from torch import nn
torch.manual_seed(0)
x = torch.randn(300, 5); y = x[:, :2].prod(1, keepdim=True)
net = nn.Sequential(nn.Linear(5, 32), nn.Tanh(), nn.Linear(32, 1)); opt = torch.optim.Adam(net.parameters(), 1e-2)
sch = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=100)
best, bad = 9e9, 0
for e in range(100):
    net.train()
    for k in torch.randperm(240).split(24):
        l = nn.functional.mse_loss(net(x[k]), y[k]); opt.zero_grad(); l.backward(); opt.step()
    sch.step(); net.eval()
    with torch.no_grad(): v = nn.functional.mse_loss(net(x[240:]), y[240:]).item()
    if v < best - 1e-3: best, bad = v, 0
    else: bad += 1
    if bad > 4: break
print(e, best)
