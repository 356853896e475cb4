import torch
from torch import nn

torch.manual_seed(1003)


def two_rings(n):
    label = torch.randint(0, 2, (n,))
    angle = torch.rand(n) * 6.283
    radius = 0.6 + label + 0.1 * torch.randn(n)
    return torch.stack([radius * angle.cos(), radius * angle.sin()], 1), label


pts, label = two_rings(300)
steps, size = 120, 30
lr = 12.0
mlp = nn.Sequential(nn.Linear(2, 24), nn.ReLU(), nn.Linear(24, 24), nn.ReLU(), nn.Linear(24, 2))
opt = torch.optim.SGD(mlp.parameters(), lr=lr, momentum=0.9, nesterov=True)
ce = nn.CrossEntropyLoss()
i = 0
while i < steps:
    pick = torch.randint(0, 300, (size,))
    loss = ce(mlp(pts[pick]), label[pick])
    opt.zero_grad()
    loss.backward()
    opt.step()
    i += 1
    if i % 20 == 0:
        with torch.no_grad():
            full = ce(mlp(pts), label).item()
        print(f"step {i:3d}: loss on all points {full:.4g}")
