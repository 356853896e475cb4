import torch
from torch import nn
torch.manual_seed(0)
class Net(nn.Module):
    def __init__(self):
        super().__init__(); self.c = nn.Conv2d(1, 4, 3, padding=1); self.r = nn.LSTM(16, 12); self.o = nn.Linear(12, 2)
    def forward(self, v):
        n, t, h, w = v.shape
        f = torch.relu(self.c(v.reshape(n * t, 1, h, w))).mean(1).reshape(n, t, h * w)
        out, _ = self.r(f.permute(1, 0, 2))
        return self.o(out[-1])
y = torch.randint(0, 2, (120,)); v = torch.randn(120, 5, 4, 4); v[y == 1, -1] += 1
net = Net(); opt = torch.optim.Adam(net.parameters(), 0.01)
for e in range(6):
    for k in torch.randperm(120).split(24):
        l = nn.functional.cross_entropy(net(v[k]), y[k]); opt.zero_grad(); l.backward(); opt.step()
    print(e, l.item())
