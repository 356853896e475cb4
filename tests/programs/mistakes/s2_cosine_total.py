import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
torch.manual_seed(4)
x = torch.randn(256, 5); y = x.norm(dim=1, keepdim=True)
dl = DataLoader(TensorDataset(x, y), 16, shuffle=True)
net = nn.Sequential(nn.Linear(5, 32), nn.ReLU(), nn.Linear(32, 1))
opt = torch.optim.Adam(net.parameters(), 5e-3)
epochs = 10
sch = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=epochs * len(dl))
for e in range(epochs):
    for a, b in dl:
        opt.zero_grad(); l = nn.functional.mse_loss(net(a), b); l.backward(); opt.step()
    sch.step()
    print(e, l.item(), sch.get_last_lr())
