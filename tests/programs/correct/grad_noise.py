import torch
from torch import nn

torch.manual_seed(35)
x = torch.randn(300, 3)
y = (x.norm(dim=1) > 1.5).long()
net = nn.Sequential(nn.Linear(3, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 2))
opt = torch.optim.SGD(net.parameters(), lr=0.15, momentum=0.8)
ce = nn.CrossEntropyLoss()
eta, gamma, t = 0.01, 0.55, 0

for epoch in range(30):
    total = 0.0
    for rows in torch.randperm(300).view(10, 30):
        opt.zero_grad()
        loss = ce(net(x[rows]), y[rows])
        loss.backward()
        sigma = (eta / (1 + t) ** gamma) ** 0.5
        for p in net.parameters():
            p.grad.add_(sigma * torch.randn_like(p.grad))
        opt.step()
        t += 1
        total += loss.item()
    if epoch % 6 == 5:
        print("epoch %d loss %.4f noise %.4f" % (epoch + 1, total / 10, sigma))
