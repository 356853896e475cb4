import torch
from torch import nn
from torch.func import functional_call, grad_and_value


class Poly(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin1 = nn.Linear(1, 24)
        self.lin2 = nn.Linear(24, 1)

    def forward(self, t):
        return self.lin2(torch.tanh(self.lin1(t)))


torch.manual_seed(3)
t = torch.linspace(-1, 1, 120)[:, None]
target = 4 * t ** 3 - 3 * t + 0.05 * torch.randn(120, 1)
model = Poly()
params = {k: v.detach().clone() for k, v in model.named_parameters()}
m = {k: torch.zeros_like(v) for k, v in params.items()}
v2 = {k: torch.zeros_like(v) for k, v in params.items()}


def objective(ps, a, b):
    return ((functional_call(model, ps, (a,)) - b) ** 2).mean()


step_fn = grad_and_value(objective)
for step in range(1, 351):
    idx = torch.randint(0, 120, (40,))
    g, value = step_fn(params, t[idx], target[idx])
    for k in params:
        m[k] = 0.9 * m[k] + 0.1 * g[k]
        v2[k] = 0.99 * v2[k] + 0.01 * g[k] ** 2
        mh, vh = m[k] / (1 - 0.9 ** step), v2[k] / (1 - 0.99 ** step)
        params[k] = params[k] - 0.02 * mh / (vh.sqrt() + 1e-8)
    if step % 70 == 0 or step == 1:
        print(step, round(value.item(), 5))
