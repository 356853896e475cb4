import torch
from torch import nn
torch.manual_seed(0)
body = nn.Sequential(nn.Linear(6, 24), nn.BatchNorm1d(24), nn.ReLU()); head = nn.Linear(24, 2)
x = torch.randn(300, 6) * 2; y = (x[:, 0] > 0).long()
opt = torch.optim.SGD([*body.parameters(), *head.parameters()], 0.05)
for e in range(4):
    for k in torch.randperm(300).split(30):
        l = nn.functional.cross_entropy(head(body(x[k])), y[k]); opt.zero_grad(); l.backward(); opt.step()
body.eval()
opt2 = torch.optim.SGD(head.parameters(), 0.05)
for e in range(4):
    for k in torch.randperm(300).split(30):
        l = nn.functional.cross_entropy(head(body(x[k])), y[k]); opt2.zero_grad(); l.backward(); opt2.step()
    print(e, l.item())
with torch.no_grad(): print((head(body(x)).argmax(1) == y).float().mean().item())
