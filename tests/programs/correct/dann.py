import torch
from torch import nn


class Reverse(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, k):
        ctx.k = k
        return x.view_as(x)

    @staticmethod
    def backward(ctx, grad):
        return -ctx.k * grad, None


def source(n):
    y = torch.randint(0, 2, (n,))
    return torch.randn(n, 4) * 0.6 + torch.stack([2.0 * y - 1, y * 1.0, 0 * y, 0 * y], 1), y


def shifted(n):
    x, y = source(n)
    return x + torch.tensor([0.2, 0.0, 2.0, -2.0]), y


torch.manual_seed(80)
feat = nn.Sequential(nn.Linear(4, 24), nn.ReLU(), nn.Linear(24, 12), nn.ReLU())
label = nn.Linear(12, 2)
domain = nn.Sequential(nn.Linear(12, 16), nn.ReLU(), nn.Linear(16, 1))
opt = torch.optim.SGD([{"params": feat.parameters()}, {"params": label.parameters()}, {"params": domain.parameters()}],
                      lr=0.03, momentum=0.9)
ce, bce = nn.CrossEntropyLoss(), nn.BCEWithLogitsLoss()
steps = 300
for step in range(steps):
    k = 0.3 * step / steps
    xs, ys = source(48)
    xt, _ = shifted(48)
    hs, ht = feat(xs), feat(xt)
    which = domain(Reverse.apply(torch.cat([hs, ht]), k)).squeeze(1)
    truth = torch.cat([torch.zeros(48), torch.ones(48)])
    task, dom = ce(label(hs), ys), bce(which, truth)
    opt.zero_grad()
    (task + dom).backward()
    opt.step()
    if step % 60 == 59:
        with torch.no_grad():
            q, a = shifted(300)
            acc = (label(feat(q)).argmax(1) == a).float().mean().item()
        print("step", step + 1, "task", round(task.item(), 3), "domain", round(dom.item(), 3), "target acc", round(acc, 3))
