import torch
from dataclasses import dataclass


@dataclass
class Settings:
    rate: float = 0.005
    decay: float = 40.0
    steps: int = 150
    batch: int = 32


def signals(n):
    phase = torch.rand(n, 1) * 6.28
    t = torch.linspace(0, 6.28, 16)
    return torch.sin(t + phase)


def main(s):
    torch.manual_seed(99)
    enc = torch.nn.Linear(16, 4)
    dec = torch.nn.Linear(4, 16)
    ae = torch.nn.Sequential(enc, torch.nn.Tanh(), dec)
    opt = torch.optim.AdamW(ae.parameters(), lr=s.rate, weight_decay=s.decay)
    for step in range(s.steps):
        x = signals(s.batch)
        opt.zero_grad()
        loss = torch.nn.functional.mse_loss(ae(x), x)
        loss.backward()
        opt.step()
        if step % 15 == 0:
            print(f"{step:3d}: {loss.item():.4f}, largest weight {enc.weight.abs().max().item():.4f}")


main(Settings())
