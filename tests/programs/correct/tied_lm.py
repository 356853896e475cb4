import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(25)
V, D, CTX = 20, 24, 3
trans = torch.softmax(3.0 * torch.randn(V, V), dim=1)
stream = [0]
for _ in range(2400):
    stream.append(int(torch.multinomial(trans[stream[-1]], 1)))
stream = torch.tensor(stream)


class TinyLM(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(V, D)
        self.mix = nn.Linear(CTX * D, D)
        self.dec = nn.Linear(D, V, bias=True)
        self.dec.weight = self.emb.weight
        nn.init.normal_(self.emb.weight, std=0.3)

    def forward(self, ctx):
        return self.dec(torch.tanh(self.mix(self.emb(ctx).flatten(1))))


windows = stream.unfold(0, CTX + 1, 1)
train, held = windows[:2000], windows[2003:]
lm = TinyLM()
opt = torch.optim.AdamW(lm.parameters(), lr=1e-2, weight_decay=0.02)
for epoch in range(8):
    lm.train()
    s = 0.0
    perm = torch.randperm(len(train))
    for b in perm.split(80):
        loss = F.cross_entropy(lm(train[b, :-1]), train[b, -1])
        opt.zero_grad(set_to_none=True)
        loss.backward()
        opt.step()
        s += loss.item()
    lm.eval()
    with torch.no_grad():
        h = F.cross_entropy(lm(held[:, :-1]), held[:, -1]).item()
    print(f"epoch {epoch} train {s / 25:.3f} held-out {h:.3f} perplexity {2.71828 ** h:.2f}")
