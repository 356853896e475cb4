import torch
from torch import nn
torch.manual_seed(0)
x = torch.randn(240, 4); y = (x[:, :1] > 0).float(); net = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 1)); opt = torch.optim.SGD(net.parameters(), 0.5, momentum=.9)
def set_lr(v):
    for g in opt.param_groups: g["lr"] = v
for e in range(12):
    set_lr(0.5 * 0.7 ** e)
    if e < 2: set_lr(opt.param_groups[0]["lr"] * (e + 1) / 3)
    for k in torch.randperm(240).split(24):
        l = nn.functional.binary_cross_entropy_with_logits(net(x[k]), y[k]); opt.zero_grad(); l.backward(); opt.step()
    print(e, l.item())
