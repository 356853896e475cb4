import torch
import torch.nn as nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_sequence
from torch.utils.data import DataLoader

torch.manual_seed(45)


def sequences(n):
    out = []
    for _ in range(n):
        length = int(torch.randint(3, 8, (1,)))
        s = torch.randn(length, 2)
        out.append((s, (s[:, 0] * (s[:, 1] > 0)).sum()))
    return out


def collate(batch):
    xs, ys = zip(*batch)
    return pad_sequence(xs, batch_first=True), torch.tensor([len(s) for s in xs]), torch.stack(ys)


class Summer(nn.Module):
    def __init__(self, hidden=24):
        super().__init__()
        self.lstm = nn.LSTM(2, hidden, batch_first=True)
        self.fc = nn.Linear(hidden, 1)

    def forward(self, x, lengths):
        packed = pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        _, (h, _) = self.lstm(packed)
        return self.fc(h[-1]).squeeze(1)


loader = DataLoader(sequences(256), batch_size=32, shuffle=True, collate_fn=collate)
held = collate(sequences(120))
net = Summer()
opt = torch.optim.Adam(net.parameters(), lr=2e-2)
sch = torch.optim.lr_scheduler.PolynomialLR(opt, total_iters=18 * len(loader), power=0.9)
mse = nn.MSELoss()
for epoch in range(18):
    s = 0.0
    for x, n, y in loader:
        opt.zero_grad()
        loss = mse(net(x, n), y)
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        opt.step()
        sch.step()
        s += loss.item()
    if epoch % 4 == 1:
        with torch.no_grad():
            v = mse(net(held[0], held[1]), held[2]).item()
        print("epoch", epoch + 1, "train", round(s / len(loader), 4), "held out", round(v, 4))
