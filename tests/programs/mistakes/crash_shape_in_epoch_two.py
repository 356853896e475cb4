import torch
from torch import nn

torch.manual_seed(6001)
x = torch.randn(200, 6)
y = (x.sum(1) > 0).long()
extra = torch.randn(200, 2)

net = nn.Sequential(nn.Linear(6, 16), nn.ReLU(), nn.Linear(16, 2))
opt = torch.optim.Adam(net.parameters(), lr=0.01)
ce = nn.CrossEntropyLoss()
use_extra_after = 1

for epoch in range(4):
    total = 0.0
    for idx in torch.randperm(200).split(20):
        batch = x[idx]
        if epoch >= use_extra_after:
            batch = torch.cat([batch, extra[idx]], dim=1)
        opt.zero_grad()
        loss = ce(net(batch), y[idx])
        loss.backward()
        opt.step()
        total += loss.item()
    print(f"epoch {epoch}: loss {total / 10:.4f}")
print("done")
