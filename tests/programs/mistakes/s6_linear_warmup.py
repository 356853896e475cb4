import torch
import torch.nn as nn
import torch.nn.functional as F


class OrderRNN(nn.Module):
    """Is the last symbol larger than the first?"""

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(6, 6)
        self.rnn = nn.RNN(6, 24, batch_first=True)
        self.head = nn.Linear(24, 2)

    def forward(self, s):
        out, _ = self.rnn(self.embed(s))
        return self.head(out[:, -1])


def build(lr):
    net = OrderRNN()
    optimiser = torch.optim.Adam(net.parameters(), lr=lr)
    warmup = torch.optim.lr_scheduler.LinearLR(optimiser, start_factor=0.01, total_iters=5)
    return net, optimiser, warmup


def make(n, length=5):
    s = torch.randint(0, 6, (n, length))
    return s, (s[:, -1] > s[:, 0]).long()


torch.manual_seed(21)
net, optimiser, warmup = build(0.01)
s, t = make(400)
for epoch in range(10):
    total = 0.0
    for b in torch.randperm(400).split(40):
        loss = F.cross_entropy(net(s[b]), t[b])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        total += loss.item() / 10
    print(f"epoch {epoch}: {total:.4f}")
