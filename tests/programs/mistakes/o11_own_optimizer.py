import torch
from torch import nn


class Heavy(torch.optim.Optimizer):
    def __init__(self, params, lr, keep=0.8):
        super().__init__(params, {"lr": lr, "keep": keep})

    @torch.no_grad()
    def step(self, closure=None):
        for group in self.param_groups:
            for p in group["params"]:
                velocity = self.state[p].setdefault("v", torch.zeros_like(p))
                velocity.mul_(group["keep"]).add_(p.grad)
                p.add_(velocity, alpha=group["lr"])


torch.manual_seed(4)
x = torch.randn(200, 3)
y = x @ torch.tensor([[1.0], [0.5], [-1.0]])
net = nn.Linear(3, 1)
opt = Heavy(net.parameters(), lr=0.002)
for epoch in range(8):
    for rows in torch.randperm(200).split(20):
        opt.zero_grad()
        loss = nn.functional.mse_loss(net(x[rows]), y[rows])
        loss.backward()
        opt.step()
    print(epoch, loss.item())
