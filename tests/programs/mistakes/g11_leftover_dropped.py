import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(25)
X = torch.randn(160, 7)
Y = (X[:, :3].sum(1) > X[:, 3:6].sum(1)).long()
loader = DataLoader(TensorDataset(X, Y), batch_size=16, shuffle=True)

net = nn.Sequential(nn.Linear(7, 20), nn.GELU(), nn.Linear(20, 2))
opt = torch.optim.AdamW(net.parameters(), lr=0.02)
ce = nn.CrossEntropyLoss()
K = 4

for epoch in range(10):
    opt.zero_grad()
    losses = []
    for n, (xb, yb) in enumerate(loader, start=1):
        loss = ce(net(xb), yb)
        (loss / K).backward()
        losses.append(loss.item())
        if n % K == 0:
            opt.step()
            opt.zero_grad()
    print(f"epoch {epoch}: {sum(losses) / len(losses):.4f}")
