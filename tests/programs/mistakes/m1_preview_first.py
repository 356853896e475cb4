import torch
from torch import nn

torch.manual_seed(3003)


class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.input = nn.Linear(1, 64)
        self.drop = nn.Dropout(p=0.2)
        self.output = nn.Linear(64, 1)

    def forward(self, x):
        return self.output(self.drop(torch.tanh(self.input(x))))


def predict(net, x):
    net.eval()
    with torch.no_grad():
        return net(x)



x = torch.rand(180, 1) * 4 - 2
y = torch.sin(2 * x) + 0.2 * torch.randn_like(x)
grid = torch.tensor([[-1.0], [0.0], [1.0]])
net = MLP()
print("before:", predict(net, grid).flatten().tolist())
opt = torch.optim.Adam(net.parameters(), lr=0.01)
for epoch in range(15):
    total = 0.0
    for rows in torch.randperm(180).split(30):
        loss = (net(x[rows]) - y[rows]).pow(2).mean()
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item() / 6
    if epoch % 3 == 2:
        print(f"epoch {epoch + 1}: {total:.4f}")
print("after:", predict(net, grid).flatten().tolist())
