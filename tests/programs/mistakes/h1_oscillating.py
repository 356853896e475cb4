import torch
from torch import nn
torch.manual_seed(1)
x = torch.randn(300, 6) * 2; y = (x[:, 0] * x[:, 1] > 0).float()
net = nn.Sequential(nn.Linear(6, 40), nn.ReLU(), nn.Linear(40, 1)); opt = torch.optim.SGD(net.parameters(), lr=8.0, momentum=0.9)
for e in range(10):
    t = 0
    for b in torch.randperm(300).split(30):
        loss = nn.functional.binary_cross_entropy_with_logits(net(x[b]).squeeze(1), y[b]); opt.zero_grad(); loss.backward(); opt.step(); t += loss.item() / 10
    print(e, t)
