import torch
from torch import nn
from torch.utils.data import DataLoader, IterableDataset


class Sensor(IterableDataset):
    """Endless measurements, cut into epochs of a fixed length."""

    def __init__(self, seed, length):
        self.gen = torch.Generator().manual_seed(seed)
        self.length = length

    def __iter__(self):
        for _ in range(self.length):
            volt = torch.rand(3, generator=self.gen) * 2 - 1
            noise = 0.05 * torch.randn(1, generator=self.gen)
            yield volt, (volt[0] * 2).sin().view(1) + volt[1].abs() - volt[2] + noise


torch.manual_seed(70)
train = DataLoader(Sensor(1, 256), batch_size=32)
valid = DataLoader(Sensor(2, 96), batch_size=96)
net = nn.Sequential(nn.Linear(3, 32), nn.ReLU(), nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 1))
opt = torch.optim.NAdam(net.parameters(), lr=6e-3)
mae = nn.L1Loss()
for e in range(14):
    seen, acc = 0, 0.0
    for v, t in train:
        opt.zero_grad()
        l = mae(net(v), t)
        l.backward()
        opt.step()
        acc += l.item() * len(v)
        seen += len(v)
    with torch.no_grad():
        vl = sum(mae(net(v), t).item() for v, t in valid)
    if e % 3 == 1:
        print("epoch", e, "train mae", round(acc / seen, 4), "valid mae", round(vl, 4))
