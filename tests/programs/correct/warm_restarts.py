import torch

torch.manual_seed(10)
n, batch = 256, 32
x = torch.rand(n, 1) * 6 - 3
y = torch.sin(2 * x) * torch.exp(-0.1 * x ** 2) + 0.05 * torch.randn(n, 1)

net = torch.nn.Sequential(
    torch.nn.Linear(1, 50), torch.nn.Tanh(),
    torch.nn.Linear(50, 50), torch.nn.Tanh(),
    torch.nn.Linear(50, 1),
)
opt = torch.optim.Adam(net.parameters(), lr=1e-2)
sched = torch.optim.lr_scheduler.CosineAnnealingWarmRestarts(opt, T_0=8, T_mult=2, eta_min=1e-4)
per_epoch = n // batch
mse = torch.nn.MSELoss()
epoch = 0
while epoch < 56:
    perm = torch.randperm(n)
    epoch_loss = 0.0
    for i in range(per_epoch):
        pick = perm[i * batch:(i + 1) * batch]
        opt.zero_grad()
        loss = mse(net(x[pick]), y[pick])
        loss.backward()
        opt.step()
        sched.step(epoch + (i + 1) / per_epoch)
        epoch_loss += loss.item() / per_epoch
    if epoch in (0, 7, 8, 23, 24, 55):
        print("epoch", epoch, "loss", round(epoch_loss, 5), "lr", round(opt.param_groups[0]["lr"], 6))
    epoch += 1
