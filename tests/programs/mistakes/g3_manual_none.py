import torch
import torch.nn.functional as F

torch.manual_seed(33)

VOCAB = 12
LEN = 6


class Bag(torch.nn.Module):
    """Mean of embeddings, then a linear layer."""

    def __init__(self):
        super().__init__()
        self.emb = torch.nn.Embedding(VOCAB, 8)
        self.lin = torch.nn.Linear(8, 3)

    def forward(self, ids):
        return self.lin(self.emb(ids).mean(1))


def batch(n=32):
    topic = torch.randint(0, 3, (n,))
    ids = torch.randint(0, 4, (n, LEN)) + 4 * topic[:, None]
    noise = torch.rand(n, LEN) < 0.2
    ids[noise] = torch.randint(0, VOCAB, (int(noise.sum()),))
    return ids, topic


def clean(params):
    for p in params:
        p.grad = None


bag = Bag()
params = list(bag.parameters())
opt = torch.optim.Adam(params, lr=0.02)
for step in range(100):
    ids, topic = batch()
    loss = F.cross_entropy(bag(ids), topic)
    loss.backward()
    clean(params)
    opt.step()
    if step % 25 == 0 or step == 99:
        print("step", step, "loss", loss.item())
