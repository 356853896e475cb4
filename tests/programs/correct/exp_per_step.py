import torch

torch.manual_seed(85)
xs = torch.randn(1000, 20)
beta = torch.zeros(20)
beta[:5] = torch.tensor([2.0, -1.0, 0.5, 3.0, -2.0])
ys = xs @ beta + 0.3 * torch.randn(1000)

linear = torch.nn.Linear(20, 1)
torch.nn.init.zeros_(linear.weight)
opt = torch.optim.SGD(linear.parameters(), lr=0.08)
lr = torch.optim.lr_scheduler.ExponentialLR(opt, gamma=0.994)
ema, step = None, 0
for epoch in range(12):
    for idx in torch.randperm(1000).split(25):
        pred = linear(xs[idx]).squeeze(-1)
        loss = torch.nn.functional.mse_loss(pred, ys[idx]) + 1e-3 * linear.weight.abs().sum()
        opt.zero_grad()
        loss.backward()
        opt.step()
        lr.step()
        step += 1
        ema = loss.item() if ema is None else 0.9 * ema + 0.1 * loss.item()
    if epoch % 3 == 2:
        print(f"step {step} loss {ema:.4f} lr {lr.get_last_lr()[0]:.5f}")
print("weights", [round(v, 2) for v in linear.weight[0].tolist()[:7]])
