import torch
from torch import nn

torch.manual_seed(12)
x = torch.randn(320, 7)
y = (x[:, 0] - x[:, 3] > 0).long()
net = nn.Sequential(nn.Linear(7, 20), nn.ReLU(), nn.Linear(20, 2))
opt = torch.optim.Adam(net.parameters(), lr=5e-3)
score = nn.CrossEntropyLoss()

for epoch in range(8):
    seen = []
    for rows in torch.randperm(len(x)).split(40):
        value = score(net(x[rows]), y[rows]).item()
        seen.append(value)
        loss = torch.tensor(
            value,
            requires_grad=True,
        )
        opt.zero_grad()
        loss.backward()
        opt.step()
    print(f"epoch {epoch} loss {sum(seen) / len(seen):.4f}")
