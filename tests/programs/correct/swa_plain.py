import torch
from torch import nn
from torch.optim.swa_utils import AveragedModel, SWALR

torch.manual_seed(29)
w = torch.randn(8, 1)
x, xv = torch.randn(400, 8), torch.randn(200, 8)
y = torch.tanh(x @ w) + 0.2 * torch.randn(400, 1)
yv = torch.tanh(xv @ w)

net = nn.Sequential(nn.Linear(8, 32), nn.Tanh(), nn.Linear(32, 1))
swa = AveragedModel(net)
opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.9)
cos = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=12, eta_min=0.03)
swa_sched = SWALR(opt, swa_lr=0.03, anneal_epochs=3)
START = 12
loss_fn = nn.MSELoss()
for epoch in range(24):
    s = 0.0
    for idx in torch.randperm(400).split(25):
        opt.zero_grad()
        l = loss_fn(net(x[idx]), y[idx])
        l.backward()
        opt.step()
        s += l.item() * 25
    if epoch >= START:
        swa.update_parameters(net)
        swa_sched.step()
    else:
        cos.step()
    if epoch % 4 == 3:
        print(f"epoch {epoch + 1} loss {s / 400:.4f} lr {opt.param_groups[0]['lr']:.4f}")
with torch.no_grad():
    print("plain %.4f averaged %.4f" % (loss_fn(net(xv), yv), loss_fn(swa(xv), yv)))
