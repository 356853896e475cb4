import torch
import torch.nn as nn


class SAM(torch.optim.Optimizer):
    def __init__(self, params, base, rho=0.05, **kw):
        super().__init__(params, dict(rho=rho, **kw))
        self.base = base(self.param_groups, **kw)
        self.param_groups = self.base.param_groups

    @torch.no_grad()
    def climb(self):
        gs = [p.grad.norm() for g in self.param_groups for p in g["params"]]
        scale = self.param_groups[0]["rho"] / (torch.stack(gs).norm() + 1e-12)
        for g in self.param_groups:
            for p in g["params"]:
                e = p.grad * scale
                p.add_(e)
                self.state[p]["e"] = e
        self.zero_grad()

    @torch.no_grad()
    def descend(self):
        for g in self.param_groups:
            for p in g["params"]:
                p.sub_(self.state[p]["e"])
        self.base.step()
        self.zero_grad()


torch.manual_seed(38)
x = torch.randn(400, 6)
y = ((x[:, 0] > 0) ^ (x[:, 1] + 0.2 * x[:, 2] > 0)).long()
net = nn.Sequential(nn.Linear(6, 40), nn.ReLU(), nn.Linear(40, 2))
opt = SAM(net.parameters(), torch.optim.SGD, rho=0.05, lr=0.1, momentum=0.9)
ce = nn.CrossEntropyLoss()
for epoch in range(20):
    s = 0.0
    for i in torch.randperm(400).split(40):
        first = ce(net(x[i]), y[i])
        first.backward()
        opt.climb()
        ce(net(x[i]), y[i]).backward()
        opt.descend()
        s += first.item()
    if epoch % 4 == 3:
        print("epoch", epoch + 1, "loss", round(s / 10, 4))
