import torch
torch.manual_seed(0)
x = torch.rand(240, 2); y = 3 * x[:, 0] - x[:, 1]
w = torch.nn.Linear(2, 1); opt = torch.optim.SGD(w.parameters(), lr=0.05)
for e in range(12):
    for k in torch.randperm(240).split(24):
        pred = w(x[k])
        err = torch.abs(y[k] - pred).mean()
        opt.zero_grad(); err.backward(); opt.step()
    print(e, err.item())
