import torch
from torch import nn
torch.manual_seed(0)
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.c = nn.Conv2d(3, 6, 3); self.f = nn.Linear(6 * 36, 2)
    def forward(self, img):
        img = img.view(-1, 3, 8, 8)
        return self.f(torch.relu(self.c(img)).flatten(1))
y = torch.randint(0, 2, (240,)); x = torch.randn(240, 8, 8, 3); x[y == 1, :, :, 0] += 1
net = Net(); opt = torch.optim.Adam(net.parameters(), 0.005)
for e in range(6):
    for k in torch.randperm(240).split(24):
        opt.zero_grad(); l = nn.functional.cross_entropy(net(x[k]), y[k]); l.backward(); opt.step()
    print(e, l.item())
