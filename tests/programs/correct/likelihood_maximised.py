import torch
from torch import nn
from torch.distributions import Normal

torch.manual_seed(3)
x = torch.randn(300, 2)
y = x[:, :1] * 2 + 0.2 * torch.randn(300, 1)
middle, width = nn.Linear(2, 1), nn.Parameter(torch.zeros(1))
opt = torch.optim.Adam([*middle.parameters(), width], lr=0.02, maximize=True)
for epoch in range(12):
    for rows in torch.randperm(300).split(30):
        spread = nn.functional.softplus(width) + 0.05
        likelihood = Normal(middle(x[rows]), spread).log_prob(y[rows]).mean()
        opt.zero_grad()
        likelihood.backward()
        opt.step()
    print(epoch, likelihood.item())
