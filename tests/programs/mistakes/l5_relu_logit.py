import torch
import torch.nn.functional as F


class BinaryNet(torch.nn.Module):
    def __init__(self, width):
        super().__init__()
        self.layers = torch.nn.ModuleList([torch.nn.Linear(7, width), torch.nn.Linear(width, 1)])

    def forward(self, x):
        for layer in self.layers:
            x = F.relu(layer(x))
        return x.squeeze(1)


def make(n, w):
    x = torch.randn(n, 7)
    return x, (x @ w + 0.3 * torch.randn(n) > 1.0).float()


torch.manual_seed(2015)
w = torch.randn(7)
x, y = make(300, w)
xt, yt = make(100, w)
net = BinaryNet(20)
adam = torch.optim.Adam(net.parameters(), lr=5e-3)
for epoch in range(10):
    perm = torch.randperm(300)
    for k in range(0, 300, 25):
        rows = perm[k:k + 25]
        adam.zero_grad()
        loss = F.binary_cross_entropy_with_logits(net(x[rows]), y[rows])
        loss.backward()
        adam.step()
    with torch.no_grad():
        test = F.binary_cross_entropy_with_logits(net(xt), yt).item()
    print(f"epoch {epoch}: test loss {test:.4f}")
