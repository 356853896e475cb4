import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset


class Pairs(Dataset):
    def __init__(self, n, gen):
        topic = torch.randint(0, 6, (n, 2), generator=gen)
        same = torch.rand(n, generator=gen) < 0.5
        topic[same, 1] = topic[same, 0]
        self.sign = torch.where(topic[:, 0] == topic[:, 1], 1.0, -1.0)
        freq = torch.eye(6).repeat_interleave(4, 1) * 2 + 0.2
        self.a = torch.poisson(freq[topic[:, 0]], generator=gen)
        self.b = torch.poisson(freq[topic[:, 1]], generator=gen)

    def __len__(self):
        return len(self.sign)

    def __getitem__(self, i):
        return self.a[i], self.b[i], self.sign[i]


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.seq = nn.Sequential(nn.Linear(24, 32), nn.Tanh(), nn.Linear(32, 10))

    def forward(self, v):
        return self.seq(v)


torch.manual_seed(94)
gen = torch.Generator().manual_seed(94)
train, dev = Pairs(480, gen), Pairs(240, gen)
loader = DataLoader(train, batch_size=40, shuffle=True)
enc = Encoder()
opt = torch.optim.AdamW(enc.parameters(), lr=4e-3)
loss_fn = nn.CosineEmbeddingLoss(margin=0.1)
for epoch in range(15):
    enc.train()
    vals = []
    for a, b, s in loader:
        loss = loss_fn(enc(a), enc(b), s)
        opt.zero_grad()
        loss.backward()
        opt.step()
        vals.append(loss.item())
    enc.eval()
    with torch.no_grad():
        sim = nn.functional.cosine_similarity(enc(dev.a), enc(dev.b))
        acc = ((sim > 0.5) == (dev.sign > 0)).float().mean()
    if epoch % 3 == 2:
        print(f"epoch {epoch + 1} loss {sum(vals) / len(vals):.4f} dev acc {acc:.3f}")
