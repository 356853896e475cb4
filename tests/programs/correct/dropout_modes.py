import torch
import torch.nn as nn
import torch.nn.functional as F


class Noisy(nn.Module):
    def __init__(self, rate):
        super().__init__()
        self.rate = rate
        self.l1, self.l2 = nn.Linear(20, 64), nn.Linear(64, 2)

    def forward(self, x):
        x = F.dropout(x, 0.1, training=self.training)
        x = torch.relu(self.l1(x))
        x = F.dropout(x, self.rate, self.training)
        return self.l2(x)


def loop(net, data, opt=None):
    """Trains when given an optimizer, measures otherwise."""
    net.train(opt is not None)
    x, y = data
    tot = hit = 0.0
    with torch.set_grad_enabled(opt is not None):
        order = torch.randperm(len(x)) if opt else torch.arange(len(x))
        for i in order.split(30):
            out = net(x[i])
            loss = F.cross_entropy(out, y[i])
            if opt is not None:
                opt.zero_grad()
                loss.backward()
                opt.step()
            tot += loss.item() * len(i)
            hit += (out.argmax(1) == y[i]).sum().item()
    return tot / len(x), hit / len(x)


torch.manual_seed(84)
x = torch.randn(420, 20)
y = (x[:, :4].sum(1) + 0.3 * torch.randn(420) > 0).long()
net = Noisy(0.4)
opt = torch.optim.Adam(net.parameters(), lr=3e-3, weight_decay=1e-4)
for epoch in range(1, 19):
    a = loop(net, (x[:300], y[:300]), opt)
    b = loop(net, (x[300:], y[300:]))
    if epoch % 3 == 0:
        print(f"{epoch:2d} train {a[0]:.4f}/{a[1]:.3f} valid {b[0]:.4f}/{b[1]:.3f}")
