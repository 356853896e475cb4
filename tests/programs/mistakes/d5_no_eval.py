import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
torch.manual_seed(0)
x = torch.randn(300, 5); y = (x.sum(1) > 0).long()
tr = DataLoader(TensorDataset(x[:240], y[:240]), batch_size=24, shuffle=True)
va = DataLoader(TensorDataset(x[240:], y[240:]), batch_size=20)
net = nn.Linear(5, 2); opt = torch.optim.SGD(net.parameters(), 0.1); ce = nn.CrossEntropyLoss()
for e in range(6):
    for a, b in tr:
        opt.zero_grad(); l = ce(net(a), b); l.backward(); opt.step()
    v = 0
    for a, b in va:
        opt.zero_grad()
        l = ce(net(a), b)
        l.backward()
        opt.step()
        v += l.item()
    print(e, v / len(va))
