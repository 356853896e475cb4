import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(95)
WINDOW = 16
t = torch.arange(700.0)
level = 0.001 * t + torch.sin(2 * torch.pi * t / 25) + 0.4 * torch.sin(2 * torch.pi * t / 7) + 0.05 * torch.randn(700)
past, future = level[:560], level[560:]
mu, sd = past.mean(), past.std()


def windows(s):
    s = (s - mu) / sd
    w = s.unfold(0, WINDOW + 1, 1)
    return TensorDataset(w[:, :WINDOW], w[:, WINDOW:])


# chronological order is kept on purpose
train = DataLoader(windows(past), batch_size=34, shuffle=False)
test = DataLoader(windows(future), batch_size=200, shuffle=False)
model = nn.Sequential(nn.Linear(WINDOW, 32), nn.ReLU(), nn.Linear(32, 1))
opt = torch.optim.Adam(model.parameters(), lr=3e-3)
fn = nn.MSELoss()
for epoch in range(30):
    model.train()
    tot, cnt = 0.0, 0
    for a, b in train:
        opt.zero_grad()
        loss = fn(model(a), b)
        loss.backward()
        opt.step()
        tot += loss.item() * len(a)
        cnt += len(a)
    if epoch % 6 == 5:
        model.eval()
        with torch.no_grad():
            e = sum(fn(model(a), b).item() * len(a) for a, b in test) / len(test.dataset)
        print("epoch", epoch + 1, "train", round(tot / cnt, 5), "test", round(e, 5))
