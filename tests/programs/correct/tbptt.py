import torch
import torch.nn as nn

torch.manual_seed(36)
B, T, CHUNK = 8, 300, 20
t = torch.arange(T + 1).float()
phase = torch.rand(B, 1) * 6.28
series = torch.sin(0.2 * t + phase) + 0.5 * torch.sin(0.07 * t + 2 * phase) + 0.03 * torch.randn(B, T + 1)


class Forecaster(nn.Module):
    def __init__(self, h=24):
        super().__init__()
        self.rnn = nn.GRU(1, h, batch_first=True)
        self.out = nn.Linear(h, 1)

    def forward(self, x, state=None):
        o, state = self.rnn(x.unsqueeze(-1), state)
        return self.out(o).squeeze(-1), state


model = Forecaster()
optim = torch.optim.Adam(model.parameters(), lr=1e-2)
loss_fn = nn.MSELoss()
for sweep in range(7):
    hidden, losses = None, []
    for s in range(0, T, CHUNK):
        x, y = series[:, s:s + CHUNK], series[:, s + 1:s + CHUNK + 1]
        pred, hidden = model(x, hidden)
        loss = loss_fn(pred, y)
        optim.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optim.step()
        hidden = hidden.detach()
        losses.append(loss.item())
    print("sweep", sweep, "mse", round(sum(losses) / len(losses), 5))
