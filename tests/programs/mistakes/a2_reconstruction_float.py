import torch
import torch.nn.functional as F


class SemiAE(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = torch.nn.Linear(12, 6)
        self.dec = torch.nn.Linear(6, 12)
        self.cls = torch.nn.Linear(6, 3)

    def forward(self, x):
        z = torch.tanh(self.enc(x))
        return self.cls(z), self.dec(z)


def objective(model, x, y, parts):
    logits, rebuilt = model(x)
    terms = {"class": F.cross_entropy(logits, y), "rebuild": F.mse_loss(rebuilt, x)}
    total = terms["class"]
    for name, weight in (("rebuild", 2.0),):
        total = total + weight * float(terms[name])
    for name, value in terms.items():
        parts[name] = parts.get(name, 0.0) + value.item()
    return total


torch.manual_seed(4006)
y = torch.randint(0, 3, (300,))
x = torch.randn(3, 12)[y] + 0.4 * torch.randn(300, 12)
model = SemiAE()
opt = torch.optim.SGD(model.parameters(), lr=0.2, momentum=0.5)
for epoch in range(10):
    parts = {}
    for rows in torch.randperm(300).split(30):
        opt.zero_grad()
        objective(model, x[rows], y[rows], parts).backward()
        opt.step()
    print(epoch, {k: round(v / 10, 4) for k, v in parts.items()})
