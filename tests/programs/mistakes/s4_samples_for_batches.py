import torch


def plan(optimizer, n_samples, batch):
    horizon = n_samples // batch // 2
    return torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, horizon, eta_min=1e-4)


def series(n):
    base = torch.cumsum(torch.randn(n + 6) * 0.3, 0)
    base = base - base.mean()
    rows = base.unfold(0, 6, 1)[:n]
    goal = torch.stack([rows.max(1).values, rows.min(1).values], 1)
    return rows, goal


torch.manual_seed(17)
rows, goal = series(320)
mlp = torch.nn.Sequential(torch.nn.Linear(6, 32), torch.nn.ReLU(), torch.nn.Linear(32, 2))
adam = torch.optim.Adam(mlp.parameters(), lr=0.01)
cosine = plan(adam, len(rows), 16)
trace = []
for epoch in range(6):
    perm = torch.randperm(320)
    err = 0.0
    for k in range(0, 320, 16):
        adam.zero_grad()
        loss = torch.nn.functional.l1_loss(mlp(rows[perm[k:k + 16]]), goal[perm[k:k + 16]])
        loss.backward()
        adam.step()
        cosine.step()
        err += loss.item() / 20
        trace.append(adam.param_groups[0]["lr"])
    print(f"epoch {epoch}: mean error {err:.4f}")
rises = sum(b > a for a, b in zip(trace, trace[1:]))
print("steps in which the rate rose:", rises)
