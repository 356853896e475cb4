import torch

torch.manual_seed(4009)
celsius = torch.rand(150) * 4 - 1
fahrenheit = 1.8 * celsius + 3.2 + 0.05 * torch.randn(150)

w = torch.zeros(1)
b = torch.zeros(1)
w.requires_grad = True
b.require_grad = True

optimizer = torch.optim.SGD([w, b], lr=0.05)


def model(t):
    return w * t + b


for epoch in range(6):
    loss_sum = 0.0
    for rows in torch.randperm(150).split(15):
        loss = torch.nn.functional.mse_loss(model(celsius[rows]), fahrenheit[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss_sum += loss.item()
    print(f"epoch {epoch}: {loss_sum / 10:.4f} w {w.item():.3f} b {b.item():.3f}")
