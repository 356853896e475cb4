import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset


class Spiral(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(2, 16)
        self.fc2 = nn.Linear(16, 16)
        self.fc3 = nn.Linear(16, 2)

    def forward(self, x):
        x = torch.tanh(self.fc1(x))
        x = torch.tanh(self.fc2(x))
        return self.fc3(x)


torch.manual_seed(36)
n = 400
which = torch.randint(0, 2, (n,))
t = torch.rand(n) * 5 + 0.5
a = t + which * 3.1416
pos = torch.stack([t * a.cos(), t * a.sin()], 1) / 3
loader = DataLoader(TensorDataset(pos, which), batch_size=40, shuffle=True)

net = Spiral()
adam = torch.optim.Adam(net.fc3.parameters(), lr=0.02)
ce = nn.CrossEntropyLoss()
for epoch in range(20):
    loss_sum, hits = 0.0, 0
    for p, w in loader:
        net.zero_grad()
        logits = net(p)
        loss = ce(logits, w)
        loss.backward()
        adam.step()
        loss_sum += loss.item() * len(w)
        hits += (logits.argmax(1) == w).sum().item()
    if epoch % 4 == 3:
        print(f"epoch {epoch + 1}: loss {loss_sum / n:.4f} accuracy {hits / n:.3f}")
