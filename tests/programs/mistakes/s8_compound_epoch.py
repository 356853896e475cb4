import torch
from torch import nn
torch.manual_seed(4)
x = torch.randn(256, 5); y = x[:, :1] * x[:, 1:2]
net = nn.Sequential(nn.Linear(5, 32), nn.ReLU(), nn.Linear(32, 1))
opt = torch.optim.SGD(net.parameters(), 0.05, momentum=.9)
for e in range(1, 13):
    for pg in opt.param_groups: pg['lr'] = pg['lr'] * 0.9 ** e
    for k in torch.randperm(256).split(32):
        opt.zero_grad(); l = nn.functional.mse_loss(net(x[k]), y[k]); l.backward(); opt.step()
    print(e, l.item(), opt.param_groups[0]['lr'])
