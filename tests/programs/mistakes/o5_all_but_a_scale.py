import torch
from torch import nn


class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(6, 32), nn.ReLU())
        self.head = nn.Linear(32, 3)
        self.scale = nn.Parameter(torch.ones(()))

    def forward(self, x):
        return self.head(self.body(x)) * self.scale


torch.manual_seed(23)
x = torch.randn(300, 6)
y = x[:, :3].argmax(1)
model = Scaled()
model.head = nn.Linear(32, 3)
for name, p in model.named_parameters():
    p.requires_grad = name == "scale"
opt = torch.optim.SGD([*model.head.parameters(), model.scale], lr=0.05)
for epoch in range(8):
    for rows in torch.randperm(300).split(30):
        opt.zero_grad()
        loss = nn.functional.cross_entropy(model(x[rows]), y[rows])
        loss.backward()
        opt.step()
    print(epoch, loss.item())
