import math, torch
from torch import nn
torch.manual_seed(0)
net = nn.Sequential(nn.Linear(6, 32), nn.ReLU(), nn.Linear(32, 1)); opt = torch.optim.AdamW([{"params": net[0].parameters()}, {"params": net[2].parameters(), "lr": 2e-2}], lr=1e-2)
base = [g["lr"] for g in opt.param_groups]
x = torch.randn(320, 6); y = x[:, :1].abs()
step, total = 0, 100
for e in range(10):
    for k in torch.randperm(320).split(32):
        for g, b in zip(opt.param_groups, base):
            g["lr"] = b * 0.5 * (1 + math.cos(math.pi * step / total))
            if step < 10: g["lr"] = g["lr"] * (step + 1) / 10
        opt.zero_grad(); l = nn.functional.smooth_l1_loss(net(x[k]), y[k]); l.backward(); opt.step(); step += 1
    print(e, l.item())
