import torch
from torch import nn
from torch.optim import Optimizer


class Lion(Optimizer):
    def __init__(self, params, lr=1e-3, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(params, dict(lr=lr, betas=betas, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self, closure=None):
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            b1, b2 = group["betas"]
            for p in group["params"]:
                if p.grad is None:
                    continue
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                p.mul_(1 - group["lr"] * group["weight_decay"])
                p.add_((b1 * m + (1 - b1) * p.grad).sign(), alpha=-group["lr"])
                m.lerp_(p.grad, 1 - b2)
        return loss


torch.manual_seed(98)
t = torch.rand(384, 2) * 2 - 1
z = torch.exp(-3 * (t ** 2).sum(1, keepdim=True)) + 0.02 * torch.randn(384, 1)
net = nn.Sequential(nn.Linear(2, 32), nn.Tanh(), nn.Linear(32, 32), nn.Tanh(), nn.Linear(32, 1))
opt = Lion(net.parameters(), lr=3e-3, weight_decay=0.01)
decay = torch.optim.lr_scheduler.ExponentialLR(opt, gamma=0.92)
fn = nn.MSELoss()
for epoch in range(35):
    tot = 0.0
    for i in torch.randperm(384).chunk(8):
        def closure():
            opt.zero_grad()
            e = fn(net(t[i]), z[i])
            e.backward()
            return e
        tot += opt.step(closure).item() / 8
    decay.step()
    if epoch % 7 == 6:
        print(f"epoch {epoch + 1} mse {tot:.5f} lr {decay.get_last_lr()[0]:.5f}")
