import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(32)
n = 600
y = torch.randint(0, 2, (n,))
x = torch.randn(n, 2)
x[:, 0] += torch.where(y == 1, 1.6, -1.6)
x[:, 1] += 0.5 * x[:, 0] ** 2
difficulty = (x[:, 0] * torch.where(y == 1, -1.0, 1.0))
ranking = difficulty.argsort()

net = nn.Sequential(nn.Linear(2, 24), nn.ELU(), nn.Linear(24, 2))
opt = torch.optim.RMSprop(net.parameters(), lr=3e-3)
stages = [0.3, 0.5, 0.75, 1.0]
for stage, share in enumerate(stages):
    pool = ranking[: int(share * n)]
    for epoch in range(5):
        s = 0.0
        parts = pool[torch.randperm(len(pool))].split(30)
        for i in parts:
            loss = F.cross_entropy(net(x[i]), y[i])
            opt.zero_grad()
            loss.backward()
            opt.step()
            s += loss.item()
    with torch.no_grad():
        everything = F.cross_entropy(net(x), y).item()
    print(f"stage {stage} pool {len(pool)} loss {s / len(parts):.4f} on everything {everything:.4f}")
