import torch

torch.manual_seed(100)
# low-rank table with holes: rows and columns are improved in turns
R, C, k = 40, 30, 3
full = torch.randn(R, k) @ torch.randn(k, C) / k ** 0.5
known = torch.rand(R, C) < 0.6
test = ~known

U = (0.3 * torch.randn(R, k)).requires_grad_()
V = (0.3 * torch.randn(k, C)).requires_grad_()
opt_u = torch.optim.SGD([U], lr=4.0, momentum=0.5)
opt_v = torch.optim.SGD([V], lr=4.0, momentum=0.5)


def cost():
    return ((U @ V - full)[known]).square().mean() + 1e-4 * (U.square().mean() + V.square().mean())


for sweep in range(40):
    for opt in (opt_u, opt_v):
        for _ in range(4):
            opt_u.zero_grad()
            opt_v.zero_grad()
            loss = cost()
            loss.backward()
            opt.step()
    if sweep % 8 == 0 or sweep == 39:
        with torch.no_grad():
            rmse = (U @ V - full)[test].square().mean().sqrt().item()
        print("sweep", sweep, "loss", round(loss.item(), 5), "hidden cells rmse", round(rmse, 4))
