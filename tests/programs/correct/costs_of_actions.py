import torch
from torch import nn
from torch.distributions import Categorical

torch.manual_seed(13)
costs = torch.tensor([3.0, 1.0, 2.0, 4.0])
policy = nn.Linear(1, 4)
opt = torch.optim.Adam(policy.parameters(), lr=0.05)
for turn in range(120):
    choice = Categorical(logits=policy(torch.ones(64, 1)))
    taken = choice.sample()
    cost = costs[taken] + 0.1 * torch.rand(64)
    loss = (choice.log_prob(taken) * cost).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    if turn % 20 == 19:
        print(turn, cost.mean().item())
