import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(2007)
X = torch.randn(400, 4)
t = (X[:, 0] > 0).long() + 2 * (X[:, 1] > 0).long()
loader = DataLoader(TensorDataset(X, t), batch_size=40, shuffle=True)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(4, 20)
        self.fc2 = nn.Linear(20, 4)

    def forward(self, x):
        x = torch.relu(self.fc1(x))
        return nn.functional.softmax(self.fc2(x), dim=1)


net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.2)
nll = nn.NLLLoss()
for epoch in range(8):
    s = 0.0
    for xb, tb in loader:
        opt.zero_grad()
        loss = nll(net(xb), tb)
        loss.backward()
        opt.step()
        s += loss.item()
    print("epoch", epoch, "loss", round(s / len(loader), 4))
