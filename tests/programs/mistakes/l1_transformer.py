import torch
from torch import nn
torch.manual_seed(1)
V = 8
class LM(nn.Module):
    def __init__(self):
        super().__init__()
        self.e = nn.Embedding(V, 16); self.g = nn.GRU(16, 32, batch_first=True); self.o = nn.Linear(32, V); self.s = nn.Softmax(dim=-1)
    def forward(self, i): return self.s(self.o(self.g(self.e(i))[0]))
seq = torch.arange(400) % V; seq[::7] = torch.randint(0, V, (len(seq[::7]),))
X = seq[:384].view(48, 8); Y = seq[1:385].view(48, 8)
net = LM(); opt = torch.optim.Adam(net.parameters(), 0.01); ce = nn.CrossEntropyLoss()
for e in range(15):
    for k in torch.randperm(48).split(8):
        out = net(X[k])
        loss = ce(out.reshape(-1, V), Y[k].reshape(-1))
        opt.zero_grad(); loss.backward(); opt.step()
    print(e, loss.item())
