import torch
from torch import nn
torch.manual_seed(4)
x = torch.randn(256, 5); y = x[:, :1] * x[:, 1:2]
net = nn.Sequential(nn.Linear(5, 32), nn.ReLU(), nn.Linear(32, 1))
opt = torch.optim.Adam(net.parameters(), 5e-3)
sch = torch.optim.lr_scheduler.ReduceLROnPlateau(opt, 'max', patience=2)
for e in range(15):
    run = 0.
    for k in torch.randperm(256).split(32):
        opt.zero_grad(); l = ((net(x[k]) - y[k]) ** 2).mean(); l.backward(); opt.step(); run += l.item()
    sch.step(run / 8)
    print(e, run / 8)
