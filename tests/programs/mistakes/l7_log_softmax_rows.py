import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(2014)
centres = torch.randn(4, 5) * 2
y = torch.randint(0, 4, (320,))
x = centres[y] + torch.randn(320, 5)
loader = DataLoader(TensorDataset(x, y), batch_size=32, shuffle=True)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(5, 24), nn.ReLU(), nn.Linear(24, 4))
        self.out = nn.LogSoftmax(dim=0)

    def forward(self, v):
        return self.out(self.body(v))


net = Net()
opt = torch.optim.Adam(net.parameters(), lr=0.01)
loss_fn = nn.NLLLoss()
for epoch in range(8):
    total = 0.0
    for xb, yb in loader:
        opt.zero_grad()
        loss = loss_fn(net(xb), yb)
        loss.backward()
        opt.step()
        total += loss.item()
    print("epoch", epoch, "nll", round(total / len(loader), 4))
