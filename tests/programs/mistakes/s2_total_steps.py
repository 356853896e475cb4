import torch
import torch.nn.functional as F


class CharNet(torch.nn.Module):
    def __init__(self, n):
        super().__init__()
        self.e = torch.nn.Embedding(n, 8)
        self.l = torch.nn.Linear(24, n)

    def forward(self, ctx):
        return self.l(self.e(ctx).flatten(1))


def load():
    phrase = "abcabdabeabf" * 40
    chars = sorted(set(phrase))
    ids = torch.tensor([chars.index(c) for c in phrase])
    ctx = torch.stack([ids[:-3], ids[1:-2], ids[2:-1]], dim=1)
    return ctx[:468], ids[3:471], len(chars)


def fit():
    ctx, nxt, n = load()
    net = CharNet(n)
    batch, epochs = 39, 8
    per_epoch = len(ctx) // batch
    adam = torch.optim.AdamW(net.parameters(), lr=1e-3)
    policy = torch.optim.lr_scheduler.OneCycleLR(adam, max_lr=0.05, total_steps=epochs * per_epoch)
    for epoch in range(epochs):
        order = torch.randperm(len(ctx))
        for j in range(per_epoch):
            pick = order[j * batch:(j + 1) * batch]
            loss = F.cross_entropy(net(ctx[pick]), nxt[pick])
            adam.zero_grad()
            loss.backward()
            adam.step()
        policy.step()
        print(epoch, f"loss {loss.item():.4f}", f"rate {policy.get_last_lr()[0]:.5f}")


torch.manual_seed(12)
fit()
