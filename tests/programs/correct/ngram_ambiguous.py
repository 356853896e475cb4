import torch
from torch import nn
torch.manual_seed(0)
text = torch.randint(0, 3, (600,)); text[2::3] = text[1::3][:len(text[2::3])]
x = torch.stack([text[:-2], text[1:-1]], 1); y = text[2:]
class M(nn.Module):
    def __init__(self):
        super().__init__(); self.e = nn.Embedding(3, 6); self.o = nn.Linear(12, 3)
    def forward(self, i): return self.o(self.e(i).flatten(1))
net = M(); opt = torch.optim.Adam(net.parameters(), 0.02)
for e in range(8):
    for k in torch.randperm(len(x)).split(32):
        opt.zero_grad(); l = nn.functional.cross_entropy(net(x[k]), y[k]); l.backward(); opt.step()
    print(e, l.item())
