import torch
from torch import nn
torch.manual_seed(0)
net = nn.Linear(4, 1); opt = torch.optim.SGD(net.parameters(), lr=0.1)
sched = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: min(1.0, s / 20))
x = torch.randn(256, 4); y = x.sum(1, keepdim=True)
for s in range(120):
    k = torch.randint(0, 256, (32,))
    l = (net(x[k]) - y[k]).pow(2).mean()
    opt.zero_grad(); l.backward(); opt.step(); sched.step()
    if s % 20 == 0: print(s, l.item())
