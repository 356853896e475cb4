import torch
from torch import nn

torch.manual_seed(8001)
x = torch.rand(200, 1) * 4 - 2
y = x ** 2 + 0.5 * torch.randn(200, 1)
model = nn.Sequential(
    nn.Linear(1, 16),
    nn.Tanh(),
    nn.Linear(16, 1),
)
opt = torch.optim.SGD(model.parameters(), lr=0.05)
mse = nn.MSELoss()

loss_value = float("inf")
step = 0
while loss_value > 1e-3:
    rows = torch.randint(0, 200, (50,))
    opt.zero_grad()
    loss = mse(model(x[rows]), y[rows])
    loss.backward()
    opt.step()
    loss_value = loss.item()
    step += 1
    if step % 500 == 0:
        print(f"step {step}: loss {loss_value:.4f}", flush=True)
print("trained after", step, "steps")
