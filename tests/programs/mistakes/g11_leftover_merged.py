import torch
import torch.nn as nn


class Autoencoder(nn.Module):
    def __init__(self, d, code):
        super().__init__()
        self.enc = nn.Linear(d, code)
        self.dec = nn.Linear(code, d)

    def forward(self, v):
        return self.dec(torch.tanh(self.enc(v)))


def batches(x, size):
    for idx in torch.randperm(len(x)).split(size):
        yield x[idx]


def train(model, x, epochs=10, size=20, every=5):
    optim = torch.optim.Adam(model.parameters(), lr=0.02)
    optim.zero_grad()
    for epoch in range(epochs):
        total, count = 0.0, 0
        for v in batches(x, size):
            loss = nn.functional.mse_loss(model(v), v)
            (loss / every).backward()
            total += loss.item()
            count += 1
            if count % every == 0:
                optim.step()
                optim.zero_grad()
        print("epoch", epoch, "reconstruction", round(total / count, 4))


torch.manual_seed(16)
basis = torch.randn(3, 12)
x = torch.randn(260, 3) @ basis
train(Autoencoder(12, 4), x)
