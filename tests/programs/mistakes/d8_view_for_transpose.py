import torch
from torch import nn

torch.manual_seed(5008)
T, N, D = 6, 40, 3


class MeanReader(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(D, 16, batch_first=True)
        self.out = nn.Linear(16, 2)

    def forward(self, seq):
        seq = seq.view(seq.size(1), seq.size(0), D)
        _, h = self.gru(seq)
        return self.out(h[-1])


def draw(n):
    y = torch.randint(0, 2, (n,))
    drift = (2.0 * y - 1.0)[None, :, None] * 0.7
    return torch.randn(T, n, D) + drift, y


model = MeanReader()
opt = torch.optim.Adam(model.parameters(), lr=0.01)
loss_fn = nn.CrossEntropyLoss()
for epoch in range(6):
    total, right = 0.0, 0
    for _ in range(15):
        seq, y = draw(N)
        scores = model(seq)
        loss = loss_fn(scores, y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        total += loss.item()
        right += (scores.argmax(1) == y).sum().item()
    print(f"epoch {epoch}: loss {total / 15:.4f} accuracy {right / (15 * N):.3f}")
