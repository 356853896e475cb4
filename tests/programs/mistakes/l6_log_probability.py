import torch
from torch import nn
from torch.distributions import Normal


class Forecast(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Sequential(nn.Linear(2, 16), nn.Tanh())
        self.middle, self.width = nn.Linear(16, 1), nn.Linear(16, 1)

    def forward(self, x):
        h = self.hidden(x)
        return Normal(self.middle(h), nn.functional.softplus(self.width(h)) + 0.1)


torch.manual_seed(3)
x = torch.randn(300, 2)
y = x[:, :1] * 2 + 0.2 * torch.randn(300, 1)
model = Forecast()
opt = torch.optim.Adam(model.parameters(), lr=0.002)
for epoch in range(10):
    for rows in torch.randperm(300).split(30):
        value = model(x[rows]).log_prob(y[rows]).mean()
        opt.zero_grad()
        value.backward()
        opt.step()
    print(epoch, value.item())
