"""Train a small regressor on a noisy quadratic."""
from dataclasses import dataclass

import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset


@dataclass
class Config:
    epochs: int = 10
    batch_size: int = 25
    lr: float = 0.05
    hidden: int = 32


class Trainer:
    def __init__(self, model, cfg):
        self.model = model
        self.cfg = cfg
        self.opt = torch.optim.SGD(model.parameters(), lr=cfg.lr, momentum=0.5)
        self.criterion = nn.MSELoss()
        self.history = []

    def training_step(self, batch):
        x, y = batch
        prediction = self.model(x)
        loss = self.criterion(prediction, y)
        loss.backward()
        self.opt.step()
        return loss.item()

    def fit(self, loader):
        for epoch in range(self.cfg.epochs):
            values = [self.training_step(batch) for batch in loader]
            self.history.append(sum(values) / len(values))
            print(f"[{epoch:02d}] mse={self.history[-1]:.4f}")


def make_data(n=300):
    x = torch.rand(n, 1) * 4 - 2
    y = 0.5 * x ** 2 - x + 0.1 * torch.randn(n, 1)
    return TensorDataset(x, y)


def main():
    torch.manual_seed(11)
    cfg = Config()
    loader = DataLoader(make_data(), batch_size=cfg.batch_size, shuffle=True)
    model = nn.Sequential(nn.Linear(1, cfg.hidden), nn.Tanh(), nn.Linear(cfg.hidden, 1))
    trainer = Trainer(model, cfg)
    trainer.fit(loader)
    print("best:", min(trainer.history))


if __name__ == "__main__":
    main()
