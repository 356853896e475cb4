import torch
import torch.nn as nn


class Experiment:
    def __init__(self, epochs):
        torch.manual_seed(39)
        self.x = torch.rand(300, 2) * 6 - 3
        self.y = (torch.cos(self.x[:, 0]) * torch.cos(self.x[:, 1]))[:, None]
        self.net = nn.Sequential(nn.Linear(2, 48), nn.Tanh(), nn.Linear(48, 48), nn.Tanh(), nn.Linear(48, 1))
        self.opt = torch.optim.Adam(self.net.parameters())
        # one phase change per epoch is fine enough for this many epochs
        self.policy = torch.optim.lr_scheduler.OneCycleLR(self.opt, max_lr=0.012, total_steps=epochs + 1, pct_start=0.25)
        self.epochs = epochs

    def epoch(self):
        tot = 0.0
        for i in torch.randperm(300).split(50):
            self.opt.zero_grad()
            loss = (self.net(self.x[i]) - self.y[i]).pow(2).mean()
            loss.backward()
            self.opt.step()
            tot += loss.item() / 6
        return tot

    def run(self):
        for e in range(self.epochs):
            used = self.policy.get_last_lr()[0]
            l = self.epoch()
            self.policy.step()
            if e % 10 == 9:
                print(f"epoch {e + 1:2d} lr {used:.5f} loss {l:.5f}")


Experiment(50).run()
