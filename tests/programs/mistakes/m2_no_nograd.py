import torch
from torch import nn
torch.manual_seed(3)
x = torch.randn(500, 6); y = (x[:, 0] * x[:, 1] > 0).float()
net = nn.Sequential(nn.Linear(6, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 1))
opt = torch.optim.SGD(net.parameters(), 0.1)
crit = nn.BCEWithLogitsLoss()
def train_one():
    for k in torch.randperm(400).split(40):
        out = net(x[k]).squeeze(1)
        loss = crit(out, y[k])
        opt.zero_grad(); loss.backward(); opt.step()
    return loss.item()
def val():
    out = net(x[400:]).squeeze(1)
    return crit(out, y[400:]).item()
for e in range(10): print(e, train_one(), val())
