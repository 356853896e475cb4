import math

import torch

torch.manual_seed(13)
t = torch.linspace(0, 2 * math.pi, 256)
wave = torch.sin(t) + 0.3 * torch.sin(3 * t)
inputs = torch.stack([torch.sin(t), torch.cos(t), torch.sin(2 * t), torch.cos(2 * t)], dim=1)
inputs = torch.cat([inputs, inputs ** 2], dim=1)
targets = wave.reshape(-1, 1)

reg = torch.nn.Sequential(torch.nn.Linear(8, 16), torch.nn.SiLU(), torch.nn.Linear(16, 1))
criterion = torch.nn.SmoothL1Loss()
opt = torch.optim.SGD(reg.parameters(), lr=0.1, momentum=0.9)


def closure_free_step(i):
    opt.zero_grad()
    out = reg(inputs)
    loss = criterion(out, targets)
    loss.backward
    opt.step()
    return loss.item()


log = []
for i in range(80):
    log.append(closure_free_step(i))
    if i % 10 == 9:
        print(f"{i + 1:3d} {log[-1]:.5f}")
print("start", round(log[0], 4), "end", round(log[-1], 4))
