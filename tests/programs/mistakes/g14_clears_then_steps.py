import torch
import torch.nn.functional as F

torch.manual_seed(5)
x = torch.rand(240, 3)
y = (x * torch.tensor([1.0, -2.0, 0.5])).sum(1)
w = torch.zeros(3, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
opt = torch.optim.SGD([w, b], lr=0.1, momentum=0.9)

for epoch in range(6):
    for k in range(0, 240, 30):
        fit = x[k:k + 30] @ w + b
        opt.zero_grad()
        opt.step()
        loss = F.mse_loss(fit, y[k:k + 30])
        loss.backward()
    print(epoch, round(loss.item(), 4))
