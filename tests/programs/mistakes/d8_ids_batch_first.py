import torch
from torch import nn
torch.manual_seed(0)
class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(20, 8)
        self.rnn = nn.LSTM(8, 16)
        self.out = nn.Linear(16, 2)
    def forward(self, ids):
        h, _ = self.rnn(self.emb(ids))
        return self.out(h[:, -1])
ids = torch.randint(0, 20, (320, 7)); y = (ids[:, 0] < 10).long()
net = Tagger(); opt = torch.optim.Adam(net.parameters(), 0.01)
for e in range(6):
    for k in torch.randperm(320).split(32):
        opt.zero_grad(); l = nn.functional.cross_entropy(net(ids[k]), y[k]); l.backward(); opt.step()
    print(e, l.item())
