"""Three stages, three rates."""
import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(18)
x = torch.randn(500, 5)
y = (torch.sin(2 * x[:, 0]) + x[:, 1] * x[:, 2] > 0).long()
net = nn.Sequential(nn.Linear(5, 64), nn.ReLU(), nn.Linear(64, 2))

torch.set_printoptions(precision=4)
# a plain optimizer per stage, each gentler than the one before
for stage, lr in enumerate((0.5, 0.2, 0.05)):
    opt = torch.optim.SGD(net.parameters(), lr=lr)
    for epoch in range(10):
        s = 0.0
        for i in torch.randperm(500).split(25):
            loss = F.cross_entropy(net(x[i]), y[i])
            opt.zero_grad()
            loss.backward()
            opt.step()
            s += loss.item() / 20
    with torch.no_grad():
        acc = (net(x).argmax(1) == y).float().mean().item()
    print(f"stage {stage} lr {lr} loss {s:.4f} accuracy {acc:.3f}")
