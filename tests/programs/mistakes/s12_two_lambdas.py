import torch
from torch import nn
from torch.optim.lr_scheduler import LambdaLR

torch.manual_seed(29)
x = torch.randn(320, 3)
y = torch.sin(2 * x[:, :1]) + x[:, 1:2] * x[:, 2:] + 0.3 * torch.randn(320, 1)
net = nn.Sequential(nn.Linear(3, 40), nn.ReLU(), nn.Linear(40, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.15, momentum=0.9)

warm = LambdaLR(opt, lambda step: min(1.0, (step + 1) / 10))
decay = LambdaLR(opt, lambda epoch: 0.7 ** epoch)

for epoch in range(10):
    mean = 0.0
    for i in range(0, 320, 32):
        opt.zero_grad()
        loss = nn.functional.mse_loss(net(x[i:i + 32]), y[i:i + 32])
        loss.backward()
        opt.step()
        warm.step()
        mean += loss.item() / 10
    decay.step()
    rate = opt.param_groups[0]["lr"]
    print(f"epoch {epoch}: loss {mean:.4f}, rate {rate:.4f}")
