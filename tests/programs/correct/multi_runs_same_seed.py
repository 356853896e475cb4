import torch
from torch import nn
x = torch.randn(400, 6, generator=torch.Generator().manual_seed(5)); y = (x[:, 0] > x[:, 1]).long()
for lr in (0.03, 0.1, 0.3):
    torch.manual_seed(0)
    net = nn.Linear(6, 2); opt = torch.optim.SGD(net.parameters(), lr)
    for k in torch.randperm(400).split(20):
        opt.zero_grad(); l = nn.functional.cross_entropy(net(x[k]), y[k]); l.backward(); opt.step()
    print(lr, l.item())
