import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(0)


def sequences(batch, length=12):
    # does the sequence hold more ups than downs?
    while True:
        s = torch.randn(batch, length, 1)
        yield s, (s.sum(dim=(1, 2)) > 0).long()


class Counter(nn.Module):
    def __init__(self, width=20):
        super().__init__()
        self.rnn = nn.GRU(1, width, batch_first=True)
        self.out = nn.Linear(width, 2)

    def forward(self, s):
        _, last = self.rnn(s)
        return self.out(last[-1])


model = Counter()
opt = torch.optim.RMSprop(model.parameters(), lr=3e-3)
stream = sequences(40)
step = 0
smooth = None
while step < 120:
    s, target = next(stream)
    loss = F.cross_entropy(model(s), target)
    loss.backward()
    opt.step()
    smooth = loss.item() if smooth is None else 0.9 * smooth + 0.1 * loss.item()
    step += 1
    if step % 20 == 0:
        norm = sum(p.grad.norm().item() ** 2 for p in model.parameters()) ** 0.5
        print(step, "loss", round(smooth, 4), "norm", round(norm, 3))
