import torch
from torch import nn


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = nn.Embedding(20, 8)
        self.rnn = nn.GRU(8, 10, batch_first=True)
        self.out = nn.Linear(10, 2)
        self.seen = []

    def embed(self, ids):
        vectors = self.table(ids)
        kept = vectors.detach()
        self.seen.append(kept.norm().item())
        return kept

    def forward(self, ids):
        states, _ = self.rnn(self.embed(ids))
        self.seen.append(states.detach().norm().item())
        return self.out(states[:, -1])


torch.manual_seed(4)
ids = torch.randint(0, 20, (120, 6))
labels = (ids[:, -1] > 9).long()
tagger = Tagger()
optimizer = torch.optim.Adam(tagger.parameters(), lr=0.01)
criterion = nn.CrossEntropyLoss()
for epoch in range(5):
    for rows in torch.arange(120).split(24):
        optimizer.zero_grad()
        loss = criterion(tagger(ids[rows]), labels[rows])
        loss.backward()
        optimizer.step()
    print(epoch, loss.item())
