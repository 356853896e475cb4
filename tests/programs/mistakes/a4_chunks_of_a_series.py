import torch
from torch import nn

torch.manual_seed(6)
series = torch.sin(torch.arange(0, 121) * 0.3).view(1, -1, 1).repeat(3, 1, 1)
rnn, head = nn.GRU(1, 16, batch_first=True), nn.Linear(16, 1)
opt = torch.optim.Adam([*rnn.parameters(), *head.parameters()], lr=0.01)
for epoch in range(20):
    opt.zero_grad()
    h, total = None, 0.0
    for start in range(0, 120, 12):
        out, h = rnn(series[:, start : start + 12], h)
        loss = nn.functional.mse_loss(head(out), series[:, start + 1 : start + 13])
        loss.backward(retain_graph=True)
        total += loss.item()
    opt.step()
    print(epoch, round(total, 4))
