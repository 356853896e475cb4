import torch


class TwoTower(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.left = torch.nn.Linear(3, 12)
        self.right = torch.nn.Linear(3, 12)
        self.join = torch.nn.Linear(24, 1)

    def forward(self, a, b):
        return self.join(torch.relu(torch.cat([self.left(a), self.right(b)], 1)))


def decay(opt, names, factor):
    for name in names:
        for g in opt.param_groups:
            g["lr"] *= factor


torch.manual_seed(26)
a, b = torch.randn(240, 3), torch.randn(240, 3)
goal = a.abs().sum(1, keepdim=True) - 2 * b.clamp(min=0).sum(1, keepdim=True)
tower = TwoTower()
parts = {"left": tower.left, "right": tower.right, "join": tower.join}
opt = torch.optim.Adam([{"params": m.parameters(), "lr": 0.03} for m in parts.values()])
for epoch in range(12):
    mean = 0.0
    for k in torch.randperm(240).view(10, 24):
        opt.zero_grad()
        loss = torch.nn.functional.mse_loss(tower(a[k], b[k]), goal[k])
        loss.backward()
        opt.step()
        mean += loss.item() / 10
    decay(opt, parts, 0.8)
    if epoch % 2:
        print("epoch", epoch + 1, "loss", round(mean, 4), "rate", opt.param_groups[0]["lr"])
