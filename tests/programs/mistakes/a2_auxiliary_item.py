import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(4005)
x = torch.randn(320, 6)
main_y = (x[:, 0] - x[:, 1] > 0).long()
aux_y = x[:, 2:4].sum(1, keepdim=True)
loader = DataLoader(TensorDataset(x, main_y, aux_y), batch_size=32, shuffle=True)


class TwoHeads(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(6, 24), nn.ReLU())
        self.classify = nn.Linear(24, 2)
        self.regress = nn.Linear(24, 1)

    def forward(self, v):
        h = self.trunk(v)
        return self.classify(h), self.regress(h)


net = TwoHeads()
opt = torch.optim.Adam(net.parameters(), lr=0.01)
for epoch in range(8):
    sums = [0.0, 0.0]
    for v, m, a in loader:
        scores, value = net(v)
        ce = nn.functional.cross_entropy(scores, m)
        aux = nn.functional.mse_loss(value, a)
        loss = ce + 0.5 * aux.item()
        opt.zero_grad()
        loss.backward()
        opt.step()
        sums[0] += ce.item() / len(loader)
        sums[1] += aux.item() / len(loader)
    print(f"epoch {epoch}: class loss {sums[0]:.4f} auxiliary {sums[1]:.4f}")
