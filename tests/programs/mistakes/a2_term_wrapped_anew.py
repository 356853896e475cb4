import torch
from torch import nn

torch.manual_seed(21)
x = torch.rand(200, 5)
price = x @ torch.tensor([1.0, -2.0, 0.5, 0.0, 1.5])
risk = (x[:, 1:2] * x[:, 2:3])
trunk = nn.Sequential(nn.Linear(5, 16), nn.ReLU())
for_price, for_risk = nn.Linear(16, 1), nn.Linear(16, 1)
weights = [*trunk.parameters(), *for_price.parameters(), *for_risk.parameters()]
optimizer = torch.optim.SGD(weights, lr=0.05)
criterion = nn.MSELoss()
for epoch in range(8):
    for k in range(0, 200, 25):
        batch = slice(k, k + 25)
        optimizer.zero_grad()
        h = trunk(x[batch])
        first = criterion(for_price(h).flatten(), price[batch])
        second = criterion(for_risk(h), risk[batch])
        second = torch.tensor(float(second))
        loss = first + second
        loss.backward()
        optimizer.step()
    print(epoch, loss.item(), "risk", second.item())
