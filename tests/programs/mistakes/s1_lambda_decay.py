import torch
from torch import nn
torch.manual_seed(1)
X = torch.randn(512, 8); Y = (X[:, :2].sum(1) > 0).long() + (X[:, 2] > 0.5).long()
net = nn.Sequential(nn.Linear(8, 32), nn.GELU(), nn.Linear(32, 3))
o = torch.optim.AdamW(net.parameters(), lr=5e-3)
s = torch.optim.lr_scheduler.LambdaLR(o, lr_lambda=lambda e: 0.8 ** e)
for e in range(8):
    for i in torch.randperm(512).split(32):
        loss = nn.functional.cross_entropy(net(X[i]), Y[i])
        o.zero_grad(); loss.backward(); o.step(); s.step()
    print(e, loss.item())
