import torch
from torch import nn
torch.manual_seed(0)
c = torch.randn(3, 5) * 2; y = torch.randint(0, 3, (400,)); x = c[y] + torch.randn(400, 5)
net = nn.Sequential(nn.Linear(5, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(0.2), nn.Linear(32, 3)); opt = torch.optim.Adam(net.parameters(), 5e-3)
for e in range(8):
    net.train()
    for k in torch.randperm(100).split(20):
        u = torch.randint(100, 400, (40,))
        with torch.no_grad(): q = net(x[u]).softmax(1); conf, lab = q.max(1)
        l = nn.functional.cross_entropy(net(x[k]), y[k])
        m = conf > 0.9
        if m.any(): l = l + 0.3 * nn.functional.cross_entropy(net(x[u][m] + 0.1 * torch.randn_like(x[u][m])), lab[m]) if m.sum() > 1 else l
        opt.zero_grad(); l.backward(); opt.step()
    net.eval()
    with torch.no_grad(): print(e, (net(x[100:]).argmax(1) == y[100:]).float().mean().item())
