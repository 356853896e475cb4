import random
import torch
import torch.nn as nn
import torch.nn.functional as F

random.seed(3)
torch.manual_seed(3)
SYL = {"de": ["sch", "ung", "ei", "ach", "er", "st", "ig"], "pt": ["ao", "lho", "ca", "nha", "do", "ra", "mi"]}
ALPHA = {c: i + 1 for i, c in enumerate("abcdefghijklmnopqrstuvwxyz")}


def corpus(n):
    words = {}
    while len(words) < n:
        lang = random.choice(list(SYL))
        parts = [random.choice(SYL[lang]) for _ in range(random.randint(2, 4))]
        words["".join(parts)] = lang == "pt"
    return list(words.items())


def tensors(items):
    ids = torch.zeros(len(items), 13, dtype=torch.long)
    for r, (w, _) in enumerate(items):
        for c, ch in enumerate(w[:13]):
            ids[r, c] = ALPHA[ch]
    return ids, torch.tensor([float(l) for _, l in items])


class WordNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(27, 10, padding_idx=0)
        self.gru = nn.GRU(10, 20, batch_first=True, bidirectional=True)
        self.out = nn.Linear(40, 1)

    def forward(self, w):
        o, _ = self.gru(self.emb(w))
        mask = (w > 0).unsqueeze(-1)
        return self.out((o * mask).sum(1) / mask.sum(1)).squeeze(1)


items = corpus(360)
random.shuffle(items)
x, y = tensors(items[:280])
xt, yt = tensors(items[280:])
net = WordNet()
opt = torch.optim.Adam(net.parameters(), lr=8e-3)
for epoch in range(6):
    perm = torch.randperm(280)
    losses = []
    for i in perm.split(28):
        opt.zero_grad()
        loss = F.binary_cross_entropy_with_logits(net(x[i]), y[i])
        loss.backward()
        opt.step()
        losses.append(loss.item())
    with torch.no_grad():
        acc = ((net(xt) > 0).float() == yt).float().mean().item()
    print("epoch", epoch, "loss", round(sum(losses) / len(losses), 4), "unseen words", round(acc, 3))
