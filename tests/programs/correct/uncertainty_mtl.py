import torch
import torch.nn as nn

torch.manual_seed(59)


class MTL(nn.Module):
    def __init__(self):
        super().__init__()
        self.shared = nn.Sequential(nn.Linear(6, 40), nn.ReLU())
        self.heads = nn.ModuleDict({"price": nn.Linear(40, 1), "rooms": nn.Linear(40, 1), "sold": nn.Linear(40, 1)})
        self.s = nn.ParameterDict({k: nn.Parameter(torch.zeros(())) for k in self.heads})

    def forward(self, x):
        h = self.shared(x)
        return {k: head(h).squeeze(1) for k, head in self.heads.items()}


def houses(n):
    x = torch.randn(n, 6)
    return x, {
        "price": 3 * x[:, 0] + x[:, 1] ** 2 + 0.5 * torch.randn(n),
        "rooms": 0.3 * x[:, 2].abs() + 0.02 * torch.randn(n),
        "sold": (x[:, 3] - x[:, 4] + 0.3 * torch.randn(n) > 0).float(),
    }


x, t = houses(600)
net = MTL()
opt = torch.optim.Adam(net.parameters(), lr=8e-3)
fns = {"price": nn.MSELoss(), "rooms": nn.MSELoss(), "sold": nn.BCEWithLogitsLoss()}
for epoch in range(30):
    sums = dict.fromkeys(fns, 0.0)
    for i in torch.randperm(600).split(60):
        out = net(x[i])
        loss = 0.0
        for k, fn in fns.items():
            part = fn(out[k], t[k][i])
            loss = loss + torch.exp(-net.s[k]) * part + 0.5 * net.s[k]
            sums[k] += part.item() / 10
        opt.zero_grad()
        loss.backward()
        opt.step()
    if epoch % 6 == 5:
        print(epoch + 1, {k: round(v, 4) for k, v in sums.items()}, {k: round(v.item(), 2) for k, v in net.s.items()})
