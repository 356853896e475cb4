import torch
from torch import nn

torch.manual_seed(14)
body = nn.Sequential(nn.Linear(4, 20), nn.ReLU(), nn.Linear(20, 12), nn.ReLU())
head = nn.Linear(12, 3)

body_opt = torch.optim.Adam(body.parameters(), lr=2e-3)
head_opt = torch.optim.SGD(head.parameters(), lr=0.1)
ce = nn.CrossEntropyLoss()

means = torch.randn(3, 4) * 1.5
y_all = torch.randint(0, 3, (300,))
x_all = means[y_all] + torch.randn(300, 4)
x_tr, y_tr, x_va, y_va = x_all[:240], y_all[:240], x_all[240:], y_all[240:]

for epoch in range(10):
    losses = []
    for idx in torch.randperm(240).split(24):
        body_opt.zero_grad()
        loss = ce(head(body(x_tr[idx])), y_tr[idx])
        loss.backward()
        body_opt.step()
        head_opt.step()
        losses.append(loss.item())
    with torch.no_grad():
        va = ce(head(body(x_va)), y_va).item()
    print(f"epoch {epoch}: train {sum(losses) / len(losses):.3f} valid {va:.3f}")
