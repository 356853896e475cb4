import torch
from torch import nn


class CharRNN(nn.Module):
    def __init__(self, n=8, h=16):
        super().__init__()
        self.emb = nn.Embedding(n, 8)
        self.rnn = nn.GRU(8, h, batch_first=True)
        self.out = nn.Linear(h, n)

    def forward(self, ids, state=None):
        o, state = self.rnn(self.emb(ids), state)
        return self.out(o), state


torch.manual_seed(6004)
tokens = torch.arange(1201) % 8
stream = tokens[:-1].view(4, 300), tokens[1:].view(4, 300)
model = CharRNN()
opt = torch.optim.Adam(model.parameters(), lr=0.01)
for epoch in range(3):
    state = None
    for k in range(0, 300, 15):
        out, state = model(stream[0][:, k:k + 15], state)
        loss = nn.functional.cross_entropy(out.flatten(0, 1), stream[1][:, k:k + 15].flatten())
        opt.zero_grad()
        loss.backward()
        opt.step()
    print("epoch", epoch, "loss", loss.item())
