import torch


class Config:
    lr = 0.05
    accumulate = 4
    epochs = 15


def polynomial(n):
    x = torch.rand(n, 1) * 2 - 1
    feats = torch.cat([x ** k for k in range(1, 5)], dim=1)
    y = 2 * x ** 3 - x + 0.5 + 0.02 * torch.randn(n, 1)
    return feats, y


torch.manual_seed(55)
X, Y = polynomial(240)
net = torch.nn.Linear(4, 1)
opt = torch.optim.Adam(net.parameters(), lr=Config.lr)
mse = torch.nn.MSELoss()
for ep in range(Config.epochs):
    order = torch.randperm(len(X))
    opt.zero_grad()
    s = 0.0
    for i, sel in enumerate(order.split(12)):
        l = mse(net(X[sel]), Y[sel])
        (l / Config.accumulate).backward()
        s += l.item()
        if i % Config.accumulate == Config.accumulate:
            opt.step()
            opt.zero_grad()
    if ep % 3 == 2:
        print(f"ep {ep}  mse {s / 20:.4f}")
