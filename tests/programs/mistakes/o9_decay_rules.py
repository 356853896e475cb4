import torch
from torch import nn

torch.manual_seed(73)
kind = torch.randint(0, 4, (320,))
x = torch.randn(4, 8)[kind] + 0.8 * torch.randn(320, 8)

mlp = nn.Sequential(nn.Linear(8, 32), nn.ReLU(), nn.Linear(32, 4))
settings = dict(lr=0.05, weight_decay=3.0)
opt = torch.optim.SGD(mlp.parameters(), **settings)
cross = nn.CrossEntropyLoss()


def weight_norm(m):
    return sum(p.pow(2).sum().item() for p in m.parameters()) ** 0.5


for epoch in range(8):
    tot = 0.0
    for k in range(0, 320, 32):
        opt.zero_grad()
        loss = cross(mlp(x[k:k + 32]), kind[k:k + 32])
        loss.backward()
        opt.step()
        tot += loss.item()
    print(f"epoch {epoch} loss {tot / 10:.4f} |w| {weight_norm(mlp):.4f}")
