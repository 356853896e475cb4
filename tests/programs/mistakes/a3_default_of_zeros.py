from collections import defaultdict

import torch
from torch import nn

torch.manual_seed(29)
x = torch.rand(320, 5)
y = x.prod(1, keepdim=True)
net = nn.Sequential(nn.Linear(5, 24), nn.GELU(), nn.Linear(24, 24), nn.GELU(), nn.Linear(24, 1))
opt = torch.optim.AdamW(net.parameters(), lr=2e-3)
meters = defaultdict(lambda: torch.zeros(()))
for epoch in range(14):
    for rows in torch.randperm(320).split(32):
        loss = nn.functional.mse_loss(net(x[rows]), y[rows])
        opt.zero_grad()
        loss.backward()
        opt.step()
        meters["loss"] = meters["loss"] + loss
        meters["count"] += 1
    print(epoch, float(meters["loss"] / meters["count"]))
