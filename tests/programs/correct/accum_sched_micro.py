import torch
from torch import nn
torch.manual_seed(0)
x = torch.randn(320, 4); y = (x[:, 0] > 0).long()
net = nn.Sequential(nn.Linear(4, 16), nn.BatchNorm1d(16), nn.ReLU(), nn.Linear(16, 2)); opt = torch.optim.AdamW(net.parameters(), 1e-2)
sch = torch.optim.lr_scheduler.LinearLR(opt, 1.0, 0.05, total_iters=50)
for e in range(10):
    opt.zero_grad()
    for i, k in enumerate(torch.randperm(320).split(16)):
        l = nn.functional.cross_entropy(net(x[k]), y[k]) / 4; l.backward()
        if i % 4 == 3: opt.step(); sch.step(); opt.zero_grad()
    net.eval()
    with torch.no_grad(): print(e, nn.functional.cross_entropy(net(x), y).item())
    net.train()
