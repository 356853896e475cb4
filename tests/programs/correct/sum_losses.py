import torch
import torch.nn as nn

torch.manual_seed(82)


class Rollout(nn.Module):
    """Learns one step of a pendulum and is judged on ten."""

    def __init__(self):
        super().__init__()
        self.f = nn.Sequential(nn.Linear(2, 32), nn.Tanh(), nn.Linear(32, 2))

    def forward(self, s):
        return s + 0.1 * self.f(s)


def truth(s, steps):
    out = []
    for _ in range(steps):
        th, om = s[:, 0], s[:, 1]
        om = om - 0.1 * (2 * torch.sin(th) + 0.1 * om)
        th = th + 0.1 * om
        s = torch.stack([th, om], 1)
        out.append(s)
    return torch.stack(out)


net = Rollout()
opt = torch.optim.Adam(net.parameters(), lr=5e-3)
H = 10
for it in range(1, 181):
    s = torch.randn(48, 2)
    path = truth(s, H)
    total_loss = 0
    for k in range(H):
        s = net(s)
        total_loss += nn.functional.mse_loss(s, path[k])
    total_loss = total_loss / H
    opt.zero_grad()
    total_loss.backward()
    opt.step()
    if it % 30 == 0 or it == 1:
        print("it", it, "ten-step error", round(total_loss.item(), 5))
