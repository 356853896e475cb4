import torch
from torch import nn

torch.manual_seed(19)
x = torch.randn(300, 4)
y = x @ torch.randn(4, 1)
model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Dropout(0.1), nn.Linear(16, 1))
opt = torch.optim.Adam(model.parameters(), lr=0.01)
for epoch in range(8):
    model.train()
    for rows in torch.randperm(240).split(30):
        opt.zero_grad()
        nn.functional.mse_loss(model(x[rows]), y[rows]).backward()
        opt.step()
    model.eval()
    held = nn.functional.mse_loss(model(x[240:]), y[240:])
    print(epoch, held.item())
