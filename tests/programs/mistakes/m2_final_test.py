import torch
from torch import nn
torch.manual_seed(3)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.f = nn.Sequential(nn.Linear(6, 64), nn.ReLU(), nn.Dropout(0.5)); self.h = nn.Linear(64, 2)
    def forward(self, x): return self.h(self.f(x))
x = torch.randn(500, 6); y = (x[:, 0] * x[:, 1] > 0).long()
net = Net(); opt = torch.optim.Adam(net.parameters(), 1e-2)
for e in range(10):
    for k in torch.randperm(400).split(40):
        opt.zero_grad(); loss = nn.functional.cross_entropy(net(x[k]), y[k]); loss.backward(); opt.step()
    print(e, loss.item())
with torch.no_grad():
    acc = (net(x[400:]).argmax(1) == y[400:]).float().mean()
print("test accuracy", acc.item())
