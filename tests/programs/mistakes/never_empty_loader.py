import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


class Trainer:
    def __init__(self, model, data, batch_size):
        self.model = model
        self.loader = DataLoader(data, batch_size=batch_size, shuffle=True, drop_last=True)
        self.opt = torch.optim.SGD(model.parameters(), lr=0.1)
        self.log = []

    def epoch(self):
        total, count = 0.0, 0
        for x, y in self.loader:
            loss = nn.functional.mse_loss(self.model(x), y)
            self.opt.zero_grad()
            loss.backward()
            self.opt.step()
            total += loss.item()
            count += 1
        self.log.append(total / max(count, 1))


torch.manual_seed(7002)
x = torch.randn(100, 2)
y = x.sum(1, keepdim=True)
trainer = Trainer(nn.Linear(2, 1), TensorDataset(x, y), batch_size=128)
for e in range(5):
    trainer.epoch()
    print(f"epoch {e}: loss {trainer.log[-1]:.4f}")
