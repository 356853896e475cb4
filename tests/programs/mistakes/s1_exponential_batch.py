import torch
import torch.nn.functional as F
from torch.optim.lr_scheduler import ExponentialLR


class Denoiser(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.down = torch.nn.Linear(20, 10)
        self.up = torch.nn.Linear(10, 20)

    def forward(self, x):
        return self.up(F.gelu(self.down(x)))


def clean_curves(n):
    t = torch.linspace(0, 1, 20)
    return torch.randn(n, 1) * t + torch.randn(n, 1) * torch.sin(6.28 * t)


class Training:
    def __init__(self, net, lr, gamma):
        self.net = net
        self.opt = torch.optim.Adam(net.parameters(), lr=lr)
        self.sched = ExponentialLR(self.opt, gamma=gamma)

    def on_batch(self, clean):
        noisy = clean + 0.3 * torch.randn_like(clean)
        loss = F.mse_loss(self.net(noisy), clean)
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()
        self.sched.step()
        return loss.item()

    def on_epoch(self, data):
        losses = [self.on_batch(b) for b in data[torch.randperm(len(data))].split(20)]
        return sum(losses) / len(losses)


torch.manual_seed(202)
curves = clean_curves(300)
run = Training(Denoiser(), lr=0.02, gamma=0.7)
for e in range(6):
    print("epoch", e, "denoising error", round(run.on_epoch(curves), 5))
