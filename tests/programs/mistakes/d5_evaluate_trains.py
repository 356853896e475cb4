import torch
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset, random_split


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.l1 = torch.nn.Linear(12, 32)
        self.l2 = torch.nn.Linear(32, 1)

    def forward(self, x):
        return self.l2(torch.tanh(self.l1(x)))


def train(net, loader, opt):
    net.train()
    for x, y in loader:
        opt.zero_grad()
        loss = F.mse_loss(net(x), y)
        loss.backward()
        opt.step()
    return loss.item()


def evaluate(net, loader, opt):
    net.eval()
    total = 0.0
    for x, y in loader:
        opt.zero_grad()
        loss = F.mse_loss(net(x), y)
        loss.backward()
        opt.step()
        total += loss.item() / len(loader)
    return total


torch.manual_seed(5007)
x = torch.randn(300, 12)
y = torch.sin(x[:, :3]).sum(1, keepdim=True) + 0.5 * torch.randn(300, 1)
train_set, val_set = random_split(TensorDataset(x, y), [220, 80])
train_loader = DataLoader(train_set, batch_size=20, shuffle=True)
val_loader = DataLoader(val_set, batch_size=20)
net = Net()
opt = torch.optim.Adam(net.parameters(), lr=0.01)
for epoch in range(10):
    last = train(net, train_loader, opt)
    print(f"epoch {epoch}: train {last:.4f} val {evaluate(net, val_loader, opt):.4f}")
