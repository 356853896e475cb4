import torch
import torch.nn.functional as F

torch.manual_seed(2011)
WINDOW = 10
signal = torch.sin(torch.arange(500) * 0.25) + 0.1 * torch.randn(500)
X = torch.stack([signal[i:i + WINDOW] for i in range(480)])
Y = torch.stack([signal[i + WINDOW:i + WINDOW + 1] for i in range(480)])


class Conv1dForecaster(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv1d(1, 6, 3)
        self.dense = torch.nn.Linear(6 * 8, 1)

    def forward(self, w):
        h = F.relu(self.conv(w.unsqueeze(1)))
        return self.dense(h.flatten(1)).squeeze()


net = Conv1dForecaster()
optimizer = torch.optim.RMSprop(net.parameters(), lr=2e-3)
step = 0
for epoch in range(8):
    order = torch.randperm(480)
    for i in range(0, 480, 40):
        sel = order[i:i + 40]
        optimizer.zero_grad()
        loss = F.smooth_l1_loss(net(X[sel]), Y[sel])
        loss.backward()
        optimizer.step()
        step += 1
    print(f"epoch {epoch} step {step} loss {loss.item():.4f}")
