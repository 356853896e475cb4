import torch
from torch import nn

torch.manual_seed(18)
trunk = nn.Sequential(nn.Linear(5, 32), nn.Tanh())
speed = nn.Linear(32, 1)
kind = nn.Linear(32, 2)
everything = nn.ModuleList([trunk, speed, kind])
opt = torch.optim.SGD(everything.parameters(), lr=0.05, momentum=0.9)
x = torch.randn(420, 5)
t_speed = (x[:, :2].sum(1, keepdim=True)).sin()
t_kind = (x[:, 2] * x[:, 3] > 0).long()
mse, ce = nn.MSELoss(), nn.CrossEntropyLoss()
shared = list(trunk.parameters())

for epoch in range(40):
    tot = torch.zeros(2)
    norms = torch.zeros(2)
    for b in torch.randperm(420).split(42):
        h = trunk(x[b])
        loss_a = mse(speed(h), t_speed[b])
        loss_b = ce(kind(h), t_kind[b])
        opt.zero_grad()
        loss_a.backward(retain_graph=True)
        before = torch.cat([p.grad.flatten() for p in shared]).clone()
        loss_b.backward()
        after = torch.cat([p.grad.flatten() for p in shared])
        norms += torch.stack([before.norm(), (after - before).norm()]) / 10
        opt.step()
        tot += torch.tensor([loss_a.item(), loss_b.item()]) / 10
    if epoch % 8 == 7:
        print(epoch + 1, "losses", [round(v, 4) for v in tot.tolist()], "pull", [round(v, 3) for v in norms.tolist()])
