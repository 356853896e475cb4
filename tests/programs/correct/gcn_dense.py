import torch
from torch import nn
torch.manual_seed(0)
N = 60; y = torch.randint(0, 3, (N,)); A = ((y[:, None] == y[None]) & (torch.rand(N, N) < 0.3)).float(); A = ((A + A.T) > 0).float() + torch.eye(N); A = A / A.sum(1, keepdim=True)
class GCN(nn.Module):
    def __init__(self):
        super().__init__(); self.register_buffer("A", A); self.l1 = nn.Linear(4, 16); self.l2 = nn.Linear(16, 3); self.d = nn.Dropout(0.3)
    def forward(self, x): return self.l2(self.A @ self.d(torch.relu(self.l1(self.A @ x))))
x = torch.randn(N, 4) + torch.eye(3, 4)[y]; tr = torch.rand(N) < 0.5
net = GCN(); opt = torch.optim.Adam(net.parameters(), 0.02, weight_decay=5e-4)
for e in range(80):
    net.train(); opt.zero_grad(); l = nn.functional.cross_entropy(net(x)[tr], y[tr]); l.backward(); opt.step()
    if e % 20 == 0:
        net.eval()
        with torch.no_grad(): print(e, l.item(), (net(x).argmax(1)[~tr] == y[~tr]).float().mean().item())
