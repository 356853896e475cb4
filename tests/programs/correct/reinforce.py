import torch
import torch.nn as nn
from torch.distributions import Categorical

torch.manual_seed(123)
CONTEXTS, ARMS = 4, 3
pay = torch.tensor([[0.1, 0.5, 0.9], [0.8, 0.2, 0.4], [0.3, 0.9, 0.2], [0.6, 0.1, 0.3]])
policy = nn.Sequential(nn.Linear(CONTEXTS, 16), nn.Tanh(), nn.Linear(16, ARMS))
opt = torch.optim.Adam(policy.parameters(), lr=0.02)
baseline = 0.0
recent = []
for update in range(200):
    ctx = torch.randint(0, CONTEXTS, (32,))
    dist = Categorical(logits=policy(torch.eye(CONTEXTS)[ctx]))
    arm = dist.sample()
    reward = pay[ctx, arm] + 0.1 * torch.randn(32)
    advantage = reward - baseline
    objective = (dist.log_prob(arm) * advantage).mean() + 0.01 * dist.entropy().mean()
    opt.zero_grad()
    (-objective).backward()
    opt.step()
    mean = reward.mean().item()
    baseline = 0.9 * baseline + 0.1 * mean
    recent.append(mean)
    if update % 40 == 39:
        print("update", update + 1, "reward", round(sum(recent[-20:]) / 20, 3), "baseline", round(baseline, 3))
with torch.no_grad():
    print("greedy arms", policy(torch.eye(CONTEXTS)).argmax(1).tolist(), "best", pay.argmax(1).tolist())
