import torch
from torch import nn, optim

torch.manual_seed(18)
hyper = {"lr": 0.05, "momentum": 0.9, "step": 2, "decay": 0.0, "epochs": 8}

x = torch.rand(240, 2) * 6 - 3
z = torch.sin(x[:, 0]) * torch.cos(x[:, 1])
net = nn.Sequential(
    nn.Linear(2, 40),
    nn.Tanh(),
    nn.Linear(40, 1),
)
opt = optim.SGD(net.parameters(), lr=hyper["lr"], momentum=hyper["momentum"])
sched = optim.lr_scheduler.StepLR(opt, step_size=hyper["step"], gamma=hyper["decay"])

for epoch in range(hyper["epochs"]):
    loss_sum = 0.0
    for idx in torch.randperm(240).split(24):
        pred = net(x[idx]).squeeze(1)
        loss = nn.functional.mse_loss(pred, z[idx])
        opt.zero_grad()
        loss.backward()
        opt.step()
        loss_sum += loss.item()
    sched.step()
    print(f"{epoch}: {loss_sum / 10:.5f}")
