import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(26)
# five annotators vote on every picture
mu = torch.randn(4, 6) * 1.5
true = torch.randint(0, 4, (500,))
x = mu[true] + 0.8 * torch.randn(500, 6)
votes = torch.where(torch.rand(500, 5) < 0.8, true[:, None], torch.randint(0, 4, (500, 5)))
soft = F.one_hot(votes, 4).float().mean(1)

net = nn.Sequential(nn.Linear(6, 32), nn.ReLU(), nn.Linear(32, 4))
opt = torch.optim.Adamax(net.parameters(), lr=0.01)
for epoch in range(18):
    tot = 0.0
    for i in torch.randperm(500).split(50):
        loss = F.cross_entropy(net(x[i]), soft[i])
        opt.zero_grad()
        loss.backward()
        opt.step()
        tot += loss.item() / 10
    if epoch % 4 == 1:
        with torch.no_grad():
            acc = (net(x).argmax(1) == true).float().mean().item()
        print("epoch", epoch, "loss", round(tot, 4), "agreement with the truth", round(acc, 3))
ent = -(soft * soft.clamp_min(1e-9).log()).sum(1).mean().item()
print("entropy of the votes", round(ent, 4))
