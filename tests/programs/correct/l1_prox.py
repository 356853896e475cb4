import torch

torch.manual_seed(105)
N, P = 300, 40
design = torch.randn(N, P)
weights = torch.zeros(P)
weights[[2, 9, 17, 30]] = torch.tensor([1.5, -2.0, 1.0, 3.0])
resp = design @ weights + 0.3 * torch.randn(N)
design_v = torch.randn(100, P)
resp_v = design_v @ weights + 0.3 * torch.randn(100)

layer = torch.nn.Linear(P, 1)
sgd = torch.optim.SGD(layer.parameters(), lr=0.05)
lam = 0.1
for epoch in range(20):
    total = 0.0
    for rows in torch.randperm(N).split(30):
        sgd.zero_grad()
        loss = 0.5 * (layer(design[rows]).flatten() - resp[rows]).square().mean()
        loss.backward()
        sgd.step()
        # soft threshold after every update
        with torch.no_grad():
            w = layer.weight
            w.copy_(w.sign() * (w.abs() - 0.05 * lam).clamp_min(0))
        total += loss.item() / 10
    if epoch % 4 == 3:
        with torch.no_grad():
            v = 0.5 * (layer(design_v).flatten() - resp_v).square().mean().item()
            alive = int((layer.weight != 0).sum())
        print(f"epoch {epoch + 1} train {total:.4f} valid {v:.4f} weights alive {alive}")
