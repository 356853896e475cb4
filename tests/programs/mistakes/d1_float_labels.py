import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
torch.manual_seed(0)
x = torch.cat([torch.randn(200, 4) - 1, torch.randn(200, 4) + 1]); y = torch.cat([torch.zeros(200, 1), torch.ones(200, 1)])
dl = DataLoader(TensorDataset(x, y), batch_size=25)
net = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 1), nn.Sigmoid()); opt = torch.optim.SGD(net.parameters(), 0.3, momentum=0.9)
for e in range(8):
    for a, b in dl:
        opt.zero_grad(); l = nn.functional.binary_cross_entropy(net(a), b); l.backward(); opt.step()
    print(e, l.item())
