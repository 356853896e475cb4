import torch


def step_schedule(optimizer):
    return torch.optim.lr_scheduler.StepLR(optimizer, step_size=3, gamma=0.3)


def noisy_line(n):
    x = torch.rand(n, 1) * 10 - 5
    return x, 0.8 * x + 2 + torch.randn(n, 1) * 1.5


class Config:
    seed = 22
    lr = 0.07
    epochs = 15
    batch = 5


torch.manual_seed(Config.seed)
x, y = noisy_line(150)
line = torch.nn.Linear(1, 1)
opt = torch.optim.SGD(line.parameters(), lr=Config.lr)
sched = step_schedule(opt)
for epoch in range(Config.epochs):
    acc = 0.0
    for ids in torch.randperm(150).split(Config.batch):
        opt.zero_grad()
        loss = (line(x[ids]) - y[ids]).square().mean()
        loss.backward()
        opt.step()
        acc += loss.item()
    if epoch % 3 == 2:
        slope, offset = line.weight.item(), line.bias.item()
        print(epoch + 1, f"loss {acc / 30:.3f} slope {slope:.3f} offset {offset:.3f}", sched.get_last_lr())
