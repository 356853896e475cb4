import torch
from torch import nn
from torch.nn.functional import cross_entropy, mse_loss


class TwoHeads(nn.Module):
    def __init__(self):
        super().__init__()
        self.trunk = nn.Sequential(nn.Linear(6, 12), nn.Tanh())
        self.kind = nn.Linear(12, 3)
        self.size = nn.Linear(12, 1)

    def forward(self, x):
        hidden = self.trunk(x)
        return self.kind(hidden), self.size(hidden).squeeze(1)


torch.manual_seed(5)
x = torch.randn(240, 6)
kinds = x[:, :3].argmax(1)
sizes = x[:, 3] - 0.5 * x[:, 4]
net = TwoHeads()
optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
for epoch in range(6):
    total = 0.0
    for rows in torch.randperm(240).split(30):
        optimizer.zero_grad()
        scores, guessed = net(x[rows])
        main = cross_entropy(scores, kinds[rows])
        aux = mse_loss(guessed, sizes[rows])
        penalty = aux.item()
        loss = main + 0.5 * penalty
        loss.backward()
        optimizer.step()
        total += loss.item()
    print(epoch, round(total / 8, 4), round(aux.item(), 4))
