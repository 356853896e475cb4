import math

import torch
from torch.utils.data import DataLoader, TensorDataset


class Trainer:
    def __init__(self, model, lr):
        self.model = model
        self.opt = torch.optim.SGD(model.parameters(), lr=lr)

    def step(self, x, y):
        self.opt.zero_grad()
        loss = torch.nn.functional.mse_loss(self.model(x), y)
        if not math.isfinite(loss.item()):
            raise RuntimeError("loss is not finite")
        loss.backward()
        self.opt.step()
        return loss.item()


torch.manual_seed(6002)
x = torch.randn(250, 4)
y = x @ torch.tensor([[1.0], [2.0], [3.0], [4.0]]) + 0.1 * torch.randn(250, 1)
loader = DataLoader(TensorDataset(x, y), batch_size=25, shuffle=True)
trainer = Trainer(torch.nn.Linear(4, 1), lr=4.0)
for epoch in range(6):
    losses = [trainer.step(a, b) for a, b in loader]
    print(f"epoch {epoch}: {sum(losses) / len(losses):.4g}")
