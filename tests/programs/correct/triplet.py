import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(87)
ID, PER = 12, 20
faces = torch.randn(ID, 10)
x = (faces[:, None] + 0.5 * torch.randn(ID, PER, 10)) @ torch.randn(10, 16) / 3
train, query = x[:, :15], x[:, 15:]


def triplets(n):
    who = torch.randint(0, ID, (n,))
    other = (who + torch.randint(1, ID, (n,))) % ID
    i = torch.randint(0, 15, (n,))
    j = (i + torch.randint(1, 15, (n,))) % 15
    k = torch.randint(0, 15, (n,))
    return train[who, i], train[who, j], train[other, k]


net = nn.Sequential(nn.Linear(16, 32), nn.ReLU(), nn.Linear(32, 8))
opt = torch.optim.Adam(net.parameters(), lr=3e-3)
crit = nn.TripletMarginLoss(margin=0.6)


def embed(v):
    return F.normalize(net(v), dim=-1)


@torch.no_grad()
def retrieval():
    centre = embed(train).mean(1)
    d = torch.cdist(embed(query).reshape(-1, 8), centre)
    return (d.argmin(1) == torch.arange(ID).repeat_interleave(5)).float().mean().item()


print("before", round(retrieval(), 3))
for step in range(1, 251):
    a, p, n = triplets(64)
    loss = crit(embed(a), embed(p), embed(n))
    opt.zero_grad()
    loss.backward()
    opt.step()
    if step % 50 == 0:
        print("step", step, "loss", round(loss.item(), 4), "retrieval", round(retrieval(), 3))
