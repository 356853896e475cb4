import torch
from torch import nn


class Sentiment(nn.Module):
    def __init__(self, vocab=30):
        super().__init__()
        self.emb = nn.Embedding(vocab, 12)
        self.lstm = nn.LSTM(12, 16, batch_first=True)
        self.drop = nn.Dropout(0.3)
        self.fc = nn.Linear(16, 2)

    def forward(self, ids):
        _, (h, _) = self.lstm(self.emb(ids))
        return self.fc(self.drop(h[-1]))


def reviews(n):
    ids = torch.randint(0, 30, (n, 7))
    good = (ids < 10).sum(1) - ((ids >= 10) & (ids < 20)).sum(1)
    keep = good != 0
    return ids[keep], (good[keep] > 0).long()


def evaluate(model, data):
    model.train()
    ids, label = data
    with torch.no_grad():
        out = model(ids)
    return nn.functional.cross_entropy(out, label).item()


def fit(model, data, held_out, epochs):
    opt = torch.optim.Adam(model.parameters(), lr=0.01)
    ids, label = data
    for e in range(epochs):
        model.train()
        for k in torch.randperm(len(ids)).split(32):
            loss = nn.functional.cross_entropy(model(ids[k]), label[k])
            opt.zero_grad()
            loss.backward()
            opt.step()
        print(f"epoch {e} held-out loss {evaluate(model, held_out):.4f}")


torch.manual_seed(3006)
fit(Sentiment(), reviews(300), reviews(120), 7)
