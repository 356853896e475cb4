import torch
import torch.nn as nn

torch.manual_seed(24)
x = torch.cat([torch.rand(150, 1) * 2 - 3, torch.rand(150, 1) * 2 + 1])
y = 0.5 * x + torch.sin(2 * x) + 0.1 * torch.randn_like(x)


class Net(nn.Module):
    def __init__(self, p=0.1):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(1, 64), nn.ReLU(), nn.Dropout(p), nn.Linear(64, 64), nn.ReLU(), nn.Dropout(p), nn.Linear(64, 1))

    def forward(self, v):
        return self.layers(v)


def train(net, epochs=60):
    opt = torch.optim.Adam(net.parameters(), lr=6e-3, weight_decay=1e-5)
    net.train()
    for e in range(epochs):
        s = 0.0
        for i in torch.randperm(300).split(60):
            opt.zero_grad()
            loss = ((net(x[i]) - y[i]) ** 2).mean()
            loss.backward()
            opt.step()
            s += loss.item() / 5
        if e % 12 == 11:
            print("epoch", e + 1, "loss", round(s, 4))


@torch.no_grad()
def predict_with_spread(net, q, draws=40):
    net.train()  # every pass draws another mask
    samples = torch.stack([net(q) for _ in range(draws)])
    net.eval()
    return samples.mean(0), samples.std(0)


net = Net()
train(net)
q = torch.tensor([[-2.0], [0.0], [2.0], [4.0]])
mean, std = predict_with_spread(net, q)
for a, m, s in zip(q.flatten().tolist(), mean.flatten().tolist(), std.flatten().tolist()):
    print(f"f({a:+.1f}) = {m:+.3f} +- {s:.3f}")
