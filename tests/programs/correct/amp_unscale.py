import torch
from torch import nn

torch.manual_seed(6)


class Engine:
    """Mixed-precision training with gradient clipping."""

    def __init__(self, module, rate, limit):
        self.module = module
        self.limit = limit
        self.opt = torch.optim.SGD(module.parameters(), lr=rate, momentum=0.9, nesterov=True)
        self.scaler = torch.amp.GradScaler("cpu", init_scale=2.0 ** 12, growth_interval=100)
        self.criterion = nn.CrossEntropyLoss()

    def update(self, batch, label):
        with torch.autocast(device_type="cpu", dtype=torch.bfloat16):
            scores = self.module(batch)
            cost = self.criterion(scores, label)
        self.scaler.scale(cost).backward()
        self.scaler.unscale_(self.opt)
        nn.utils.clip_grad_norm_(self.module.parameters(), self.limit)
        self.scaler.step(self.opt)
        self.scaler.update()
        self.opt.zero_grad()
        return cost.item()


def blobs(n):
    lab = torch.randint(5, (n,))
    angle = lab.float() * (2 * torch.pi / 5)
    xy = torch.stack([angle.cos(), angle.sin()], -1) * 2
    return xy + 0.4 * torch.randn(n, 2), lab


pts, lab = blobs(640)
engine = Engine(nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 5)), rate=0.08, limit=1.0)
for ep in range(1, 9):
    costs = []
    for rows in torch.randperm(640).view(-1, 32):
        costs.append(engine.update(pts[rows], lab[rows]))
    print("epoch", ep, "mean cost", round(sum(costs) / len(costs), 4), "scale", engine.scaler.get_scale())
