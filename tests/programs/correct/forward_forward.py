import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(90)
C = 3


class Layer(nn.Linear):
    def __init__(self, i, o, theta=2.0):
        super().__init__(i, o)
        self.theta = theta
        self.opt = torch.optim.Adam(self.parameters(), lr=0.02)

    def forward(self, x):
        x = x / (x.norm(dim=1, keepdim=True) + 1e-4)
        return F.relu(super().forward(x))

    def learn(self, pos, neg):
        gp = self(pos).pow(2).mean(1)
        gn = self(neg).pow(2).mean(1)
        loss = F.softplus(torch.cat([self.theta - gp, gn - self.theta])).mean()
        self.opt.zero_grad()
        loss.backward()
        self.opt.step()
        with torch.no_grad():
            return self(pos), self(neg), loss.item()


def glue(x, lab):
    return torch.cat([x, 2.0 * F.one_hot(lab, C).float()], 1)


mu = torch.tensor([[2.0, 0, 0, 1], [0, 2, 0, -1], [0, 0, 2, 0]])
y = torch.randint(0, C, (360,))
x = mu[y] + 0.5 * torch.randn(360, 4)
layers = [Layer(4 + C, 48), Layer(48, 48)]
for ep in range(45):
    seen = [0.0, 0.0]
    for i in torch.randperm(360).split(60):
        wrong = (y[i] + torch.randint(1, C, (len(i),))) % C
        hp, hn = glue(x[i], y[i]), glue(x[i], wrong)
        for k, lay in enumerate(layers):
            hp, hn, l = lay.learn(hp, hn)
            seen[k] += l / 6
    if ep % 9 == 8:
        print("epoch", ep + 1, "layer losses", [round(s, 4) for s in seen])

with torch.no_grad():
    good = []
    for c in range(C):
        h, score = glue(x, torch.full_like(y, c)), 0.0
        for lay in layers:
            h = lay(h)
            score = score + h.pow(2).mean(1)
        good.append(score)
    print("accuracy", (torch.stack(good, 1).argmax(1) == y).float().mean().item())
