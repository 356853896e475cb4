import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(74)
x = torch.randn(400, 12)
y = (2 * x[:, 3] - 1.5 * x[:, 7] > 0.2).long()
loader = DataLoader(TensorDataset(x[:320], y[:320]), batch_size=32, shuffle=True)
model = nn.Sequential(nn.Linear(12, 32), nn.ReLU(), nn.Dropout(0.2), nn.Linear(32, 2))
opt = torch.optim.Adam(model.parameters(), lr=6e-3)
crit = nn.CrossEntropyLoss()
model.train()
for epoch in range(12):
    total = 0.0
    for a, b in loader:
        opt.zero_grad()
        loss = crit(model(a), b)
        loss.backward()
        opt.step()
        total += loss.item()
    if epoch % 3 == 2:
        print("epoch", epoch + 1, "loss", round(total / len(loader), 4))

# which inputs matter on the held-out rows?
model.eval()
probe = x[320:].clone().requires_grad_(True)
scores = model(probe)
scores.gather(1, y[320:, None]).sum().backward()
importance = probe.grad.abs().mean(0)
print("accuracy", (scores.argmax(1) == y[320:]).float().mean().item())
print("most important columns", sorted(importance.topk(2).indices.tolist()))
