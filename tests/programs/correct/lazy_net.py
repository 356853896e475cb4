import torch
from torch import nn

torch.manual_seed(106)


class Sized(nn.Module):
    """Sizes are found out from the first batch."""

    def __init__(self, out):
        super().__init__()
        self.conv = nn.LazyConv1d(10, 4)
        self.norm = nn.LazyBatchNorm1d()
        self.drop = nn.Dropout(0.1)
        self.fc = nn.LazyLinear(out)
        self.extra = None

    def forward(self, x):
        h = torch.relu(self.norm(self.conv(x)))
        if self.extra is None:
            self.extra = nn.Linear(h.shape[-1], h.shape[-1] // 2)
        return self.fc(self.drop(torch.relu(self.extra(h)).flatten(1)))


def signals(n):
    c = torch.randint(0, 3, (n,))
    t = torch.linspace(0, 1, 20)
    carrier = torch.stack([torch.sin(6.28 * 2 * t), torch.sign(torch.sin(6.28 * 2 * t)), 2 * (2 * t % 1) - 1])
    return (carrier[c] + 0.4 * torch.randn(n, 20))[:, None], c


x, c = signals(420)
xv, cv = signals(150)
net = Sized(3)
net(x[:8])
opt = torch.optim.Adam(net.parameters(), lr=5e-3)
ce = nn.CrossEntropyLoss()
for epoch in range(12):
    net.train()
    tot = 0.0
    for i in torch.randperm(420).split(42):
        opt.zero_grad()
        loss = ce(net(x[i]), c[i])
        loss.backward()
        opt.step()
        tot += loss.item() / 10
    if epoch % 3 == 2:
        net.eval()
        with torch.no_grad():
            acc = (net(xv).argmax(1) == cv).float().mean().item()
        print("epoch", epoch + 1, "loss", round(tot, 4), "new signals", round(acc, 3))
