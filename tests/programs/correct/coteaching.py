import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(96)
n, C = 600, 4
clean = torch.randint(0, C, (n,))
x = 1.8 * torch.randn(C, 8)[clean] + 0.8 * torch.randn(n, 8)
noisy = torch.where(torch.rand(n) < 0.25, torch.randint(0, C, (n,)), clean)


def net():
    return nn.Sequential(nn.Linear(8, 48), nn.ReLU(), nn.Linear(48, C))


pair = [net(), net()]
opts = [torch.optim.Adam(m.parameters(), lr=4e-3) for m in pair]


def small_loss(logits, y, keep):
    with torch.no_grad():
        order = F.cross_entropy(logits, y, reduction="none").argsort()
    return order[: int(keep * len(y))]


for epoch in range(15):
    keep = 1 - min(0.2, 0.2 * epoch / 5)
    tot = [0.0, 0.0]
    for i in torch.randperm(n).split(60):
        la, lb = pair[0](x[i]), pair[1](x[i])
        chosen_by_b, chosen_by_a = small_loss(lb, noisy[i], keep), small_loss(la, noisy[i], keep)
        losses = [F.cross_entropy(la[chosen_by_b], noisy[i][chosen_by_b]),
                  F.cross_entropy(lb[chosen_by_a], noisy[i][chosen_by_a])]
        for k in range(2):
            opts[k].zero_grad()
            losses[k].backward()
            opts[k].step()
            tot[k] += losses[k].item() / 10
    if epoch % 3 == 2:
        with torch.no_grad():
            acc = [(m(x).argmax(1) == clean).float().mean().item() for m in pair]
        print("epoch", epoch + 1, "losses", [round(v, 4) for v in tot], "clean accuracy", [round(a, 3) for a in acc])
