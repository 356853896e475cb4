import torch
from torch import nn
torch.manual_seed(0)
x = torch.randn(120, 3); y = (x[:, :1] * 2 - x[:, 1:2])
net = nn.Sequential(nn.Linear(3, 32), nn.ReLU(), nn.Linear(32, 1)); opt = torch.optim.Adam(net.parameters(), 0.01)
sched = torch.optim.lr_scheduler.StepLR(opt, 60, 0.3)
for it in range(200):
    opt.zero_grad(); l = nn.functional.mse_loss(net(x + 0.1 * torch.randn_like(x)), y); l.backward(); opt.step(); sched.step()
    if it % 40 == 0: print(it, l.item())
