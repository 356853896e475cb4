import torch
import torch.nn.functional as F
from torch import nn
from torch.func import functional_call

torch.manual_seed(52)


def task():
    amp, ph = 0.5 + 2 * torch.rand(1), 3.14 * torch.rand(1)

    def draw(n):
        x = 6 * torch.rand(n, 1) - 3
        return x, amp * torch.sin(x + ph)

    return draw


net = nn.Sequential(nn.Linear(1, 32), nn.Tanh(), nn.Linear(32, 32), nn.Tanh(), nn.Linear(32, 1))
meta_opt = torch.optim.Adam(net.parameters(), lr=4e-3)
inner_lr = 0.05


def adapt(support, steps, create):
    x, y = support
    fast = dict(net.named_parameters())
    for _ in range(steps):
        loss = F.mse_loss(functional_call(net, fast, (x,)), y)
        grads = torch.autograd.grad(loss, list(fast.values()), create_graph=create)
        fast = {k: v - inner_lr * g for (k, v), g in zip(fast.items(), grads)}
    return fast


trace = []
for it in range(150):
    meta_opt.zero_grad()
    outer = 0.0
    for _ in range(2):
        draw = task()
        fast = adapt(draw(10), 2, create=True)
        xq, yq = draw(15)
        outer = outer + F.mse_loss(functional_call(net, fast, (xq,)), yq) / 2
    outer.backward()
    meta_opt.step()
    trace.append(outer.item())
    if it % 30 == 29:
        print("meta iteration", it + 1, "query loss", round(sum(trace[-30:]) / 30, 4))
