import torch
from torch import nn

torch.manual_seed(14)
x = torch.randn(240, 6)
y = torch.sigmoid(x @ torch.randn(6, 1)).round()
net = nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.8)
steps = 80
sched = torch.optim.lr_scheduler.PolynomialLR(opt, total_iters=steps, power=1.0)
bce = nn.BCEWithLogitsLoss()
rates = []
for i in range(steps):
    b = torch.randint(0, 240, (30,))
    opt.zero_grad()
    loss = bce(net(x[b]), y[b])
    loss.backward()
    sched.step()
    rates.append(opt.param_groups[0]["lr"])
    opt.step()
    if i % 16 == 15:
        print(f"iteration {i + 1}: loss {loss.item():.4f}")

with torch.no_grad():
    print("accuracy", ((net(x) > 0).float() == y).float().mean().item())
print("first rate", rates[0], "last rate", rates[-1])
