import torch
from torch import nn
torch.manual_seed(0)
x = torch.randn(500, 4); y = x @ torch.randn(4, 1) + .3 * torch.randn(500, 1)
net = nn.Linear(4, 1); opt = torch.optim.SGD(net.parameters(), 0.2)
sch = torch.optim.lr_scheduler.ReduceLROnPlateau(opt, patience=60, factor=0.5)
for s in range(400):
    k = torch.randint(0, 500, (50,)); l = nn.functional.mse_loss(net(x[k]), y[k]); opt.zero_grad(); l.backward(); opt.step(); sch.step(l.item())
    if s % 80 == 0: print(s, l.item(), opt.param_groups[0]['lr'])
