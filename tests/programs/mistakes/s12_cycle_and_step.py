import torch
from torch.utils.data import DataLoader, TensorDataset


class Schedules:
    def __init__(self, opt, epochs, batches):
        lr = torch.optim.lr_scheduler
        self.per_batch = lr.OneCycleLR(opt, max_lr=0.02, epochs=epochs, steps_per_epoch=batches)
        self.per_epoch = lr.StepLR(opt, step_size=1, gamma=0.1)

    def batch_end(self):
        self.per_batch.step()

    def epoch_end(self):
        self.per_epoch.step()


def data():
    y = torch.randint(0, 4, (320,))
    return TensorDataset(torch.randn(4, 6)[y] + 0.7 * torch.randn(320, 6), y)


torch.manual_seed(30)
loader = DataLoader(data(), batch_size=32, shuffle=True)
m = torch.nn.Sequential(torch.nn.Linear(6, 32), torch.nn.SiLU(), torch.nn.Linear(32, 4))
opt = torch.optim.Adam(m.parameters(), lr=0.01)
plans = Schedules(opt, 8, len(loader))
for epoch in range(8):
    rates, total = [], 0.0
    for x, y in loader:
        rates.append(opt.param_groups[0]["lr"])
        loss = torch.nn.functional.cross_entropy(m(x), y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        plans.batch_end()
        total += loss.item()
    plans.epoch_end()
    print(f"{epoch} loss {total / len(loader):.4f} rates {min(rates):.5f}..{max(rates):.5f}")
