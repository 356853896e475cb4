import torch

torch.manual_seed(14)
inputs = torch.rand(300, 2) * 4 - 2
targets = (inputs[:, 0] ** 2 - inputs[:, 1]).unsqueeze(-1)
targets = targets / targets.std()

modell = torch.nn.Sequential(
    torch.nn.Linear(2, 30),
    torch.nn.Tanh(),
    torch.nn.Linear(30, 1),
)
opt = torch.optim.SGD(modell.parameters(), lr=0.01, momentum=0.85)
plan = torch.optim.lr_scheduler.CyclicLR(
    opt, base_lr=0.01, max_lr=0.08, step_size_up=24, mode="triangular2",
    cycle_momentum=True, base_momentum=0.8, max_momentum=0.9)
verlust = torch.nn.SmoothL1Loss()

for epoche in range(24):
    summe = 0
    for i in torch.randperm(300).chunk(12):
        opt.zero_grad()
        v = verlust(modell(inputs[i]), targets[i])
        v.backward()
        opt.step()
        plan.step()
        summe += v.item() * len(i)
    if epoche % 4 == 3:
        g = opt.param_groups[0]
        print(f"Epoche {epoche + 1}: Verlust {summe / 300:.4f} lr {g['lr']:.4f} momentum {g['momentum']:.3f}")
