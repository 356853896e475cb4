import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(30)


class AC(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(2, 32)
        self.pi = nn.Linear(32, 3)
        self.v = nn.Linear(32, 1)

    def forward(self, s):
        h = torch.tanh(self.body(s))
        return self.pi(h), self.v(h).squeeze(-1)


def physics(s, a):
    """n particles on a line; push left, nothing, push right; stay near zero."""
    x, v = s.unbind(1)
    v = 0.7 * v + 0.4 * (a.float() - 1)
    x = (x + 0.5 * v).clamp(-2, 2)
    return torch.stack([x, v], 1), -x.abs()


net = AC()
opt = torch.optim.Adam(net.parameters(), lr=4e-3)
gamma, rounds = 0.8, []
for it in range(320):
    if it % 8 == 0:
        state = torch.stack([torch.rand(64) * 4 - 2, torch.zeros(64)], 1)
        collected = 0.0
    logits, value = net(state)
    dist = torch.distributions.Categorical(logits=logits)
    act = dist.sample()
    nxt, reward = physics(state, act)
    with torch.no_grad():
        goal = reward + gamma * net(nxt)[1]
    td = (goal - value).detach()
    td = (td - td.mean()) / (td.std() + 1e-6)
    actor = -(dist.log_prob(act) * td).mean()
    critic = F.mse_loss(value, goal)
    loss = actor + 0.5 * critic - 0.02 * dist.entropy().mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    state = nxt
    collected += reward.mean().item() / 8
    if it % 8 == 7:
        rounds.append(collected)
        if len(rounds) % 8 == 0:
            print(f"round {len(rounds)} reward {sum(rounds[-8:]) / 8:.3f} critic {critic.item():.4f}")
