import torch
import torch.nn as nn

torch.manual_seed(1)
x = torch.linspace(-1, 1, 200).unsqueeze(1)
x = x[torch.randperm(200)]
y = torch.sin(3 * x) + 0.05 * torch.randn_like(x)

model = nn.Sequential(
    nn.Linear(1, 20),
    nn.Tanh(),
    nn.Linear(20, 20),
    nn.Tanh(),
    nn.Linear(20, 1),
)
mse = nn.MSELoss()
adam = torch.optim.Adam(model.parameters(), lr=0.01)

for it in range(1, 121):
    pred = model(x)
    loss = mse(pred, y)
    loss.backward()
    adam.zero_grad()
    adam.step()
    if it % 20 == 0:
        print(f"iteration {it:4d}   loss {loss.item():.6f}")

with torch.no_grad():
    print("prediction at 0:", model(torch.zeros(1, 1)).item())
