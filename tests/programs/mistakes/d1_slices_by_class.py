import torch
import torch.nn.functional as F


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(1, 6, 3)
        self.fc = torch.nn.Linear(54, 4)

    def forward(self, x):
        return self.fc(F.max_pool2d(F.relu(self.conv(x)), 2).flatten(1))


def folder(kind, n):
    """All pictures of one kind, as from one directory."""
    base = torch.zeros(1, 8, 8)
    base[0, 2 * kind:2 * kind + 2] = 1.0
    return [(base + 1.3 * torch.randn(1, 8, 8), kind) for _ in range(n)]


def minibatches(samples, size):
    for i in range(0, len(samples), size):
        part = samples[i:i + size]
        yield torch.stack([p for p, _ in part]), torch.tensor([k for _, k in part])


torch.manual_seed(5002)
samples = [s for kind in range(4) for s in folder(kind, 60)]
net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.1, momentum=0.7)
for epoch in range(7):
    seen = []
    for x, y in minibatches(samples, 20):
        out = net(x)
        loss = F.cross_entropy(out, y)
        opt.zero_grad()
        loss.backward()
        opt.step()
        seen.append(loss.item())
    everything = next(minibatches(samples, 240))
    with torch.no_grad():
        acc = (net(everything[0]).argmax(1) == everything[1]).float().mean().item()
    print(epoch, f"batches {sum(seen) / len(seen):.3f} accuracy {acc:.3f}")
