import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(6, 50)
        self.out = nn.Linear(50, 2)

    def forward(self, x):
        h = torch.relu(self.hidden(x))
        h = nn.Dropout(0.5)(h)
        return self.out(h)


torch.manual_seed(3010)
x = torch.randn(320, 6)
y = (x[:, 0] * x[:, 1] > 0).long()
loader = DataLoader(TensorDataset(x[:256], y[:256]), batch_size=32, shuffle=True)
net = Classifier()
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
criterion = nn.CrossEntropyLoss()
epoch = 0
while epoch < 10:
    net.train()
    for xb, yb in loader:
        loss = criterion(net(xb), yb)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    net.eval()
    with torch.no_grad():
        val = criterion(net(x[256:]), y[256:]).item()
    epoch += 1
    print("epoch", epoch, "validation", round(val, 4))
