import torch
from torch import nn
torch.manual_seed(1)
X = torch.randn(300, 4); Y = X @ torch.randn(4, 1) + 0.1
net = nn.Linear(4, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.05)
for epoch in range(10):
    for i in range(0, 300, 20):
        opt.zero_grad()
        out = net(X[i:i+20])
        loss = ((out - Y[i:i+20]) ** 2).mean()
        loss.backward()
        opt.step()
        for g in opt.param_groups:
            g['lr'] = g['lr'] * 0.9
    print(epoch, loss.item())
