"""Policy gradient written as ascent."""
import torch
from torch import nn


class Walk:
    """A crowd of walkers on a line of cells; the last cell pays."""

    def __init__(self, size=7, crowd=24):
        self.size, self.crowd = size, crowd

    def rollout(self, net, horizon=10):
        pos = torch.full((self.crowd,), self.size // 2)
        logs, rewards = [], []
        for _ in range(horizon):
            d = torch.distributions.Bernoulli(logits=net(torch.eye(self.size)[pos]))
            a = d.sample()
            logs.append(d.log_prob(a))
            pos = (pos + (2 * a - 1).long()).clamp(0, self.size - 1)
            rewards.append((pos == self.size - 1).float())
        return torch.stack(logs), torch.stack(rewards)


def to_go(r, g=0.95):
    out, acc = torch.zeros_like(r), torch.zeros(r.shape[1])
    for i in reversed(range(len(r))):
        acc = r[i] + g * acc
        out[i] = acc
    return out


def main():
    torch.manual_seed(68)
    env = Walk()
    net = nn.Sequential(nn.Linear(7, 12), nn.Tanh(), nn.Linear(12, 1), nn.Flatten(0))
    opt = torch.optim.SGD(net.parameters(), lr=0.02, maximize=True)
    scores = []
    for it in range(75):
        opt.zero_grad()
        logs, rewards = env.rollout(net)
        returns = to_go(rewards)
        adv = returns - returns.mean(1, keepdim=True)
        gain = (logs * adv).sum(0).mean()
        gain.backward()
        opt.step()
        scores.append(rewards.sum(0).mean().item())
        if it % 15 == 14:
            print("iteration", it + 1, "score", round(sum(scores[-10:]) / 10, 3))


if __name__ == "__main__":
    main()
