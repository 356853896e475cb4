import torch
import torch.nn as nn
from torch.optim.lr_scheduler import LambdaLR


def linear_schedule(opt, warm, total):
    def f(s):
        if s < warm:
            return s / max(1, warm)
        return max(0.0, (total - s) / max(1, total - warm))
    return LambdaLR(opt, f)


class Bert0(nn.Module):
    """Which half of the sequence holds more of token 1?"""

    def __init__(self, vocab=6, n=8, d=24):
        super().__init__()
        self.e = nn.Embedding(vocab, d)
        self.p = nn.Embedding(n, d)
        layer = nn.TransformerEncoderLayer(d, 3, 48, dropout=0.0, batch_first=True)
        self.t = nn.TransformerEncoder(layer, 1, enable_nested_tensor=False)
        self.c = nn.Linear(d, 3)

    def forward(self, s):
        h = self.e(s) + self.p(torch.arange(s.size(1)))
        return self.c(self.t(h).mean(1))


torch.manual_seed(62)
seqs = torch.randint(0, 6, (420, 8))
left, right = (seqs[:, :4] == 1).sum(1), (seqs[:, 4:] == 1).sum(1)
gold = torch.sign(left - right) + 1
net = Bert0()
opt = torch.optim.AdamW(net.parameters(), lr=6e-3, weight_decay=0.01)
epochs, size = 16, 30
sched = linear_schedule(opt, warm=20, total=epochs * 14)
for epoch in range(epochs):
    s = 0.0
    for i in torch.randperm(420).split(size):
        loss = nn.functional.cross_entropy(net(seqs[i]), gold[i])
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        opt.step()
        sched.step()
        opt.zero_grad()
        s += loss.item() / 14
    if epoch % 3 == 0:
        print(f"epoch {epoch} loss {s:.4f} lr {sched.get_last_lr()[0]:.6f}")
