import torch
import torch.nn as nn

torch.manual_seed(24)
n_folds = 3
X = torch.randn(270, 4)
y = (X[:, 0] * 2 + X[:, 1] - X[:, 2] > 0).float()


class LogReg(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.lin = nn.Linear(d, 1)

    def forward(self, x):
        return self.lin(x).squeeze(1)


bce = nn.BCEWithLogitsLoss()
model = LogReg(4)
optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
parts = torch.randperm(270).chunk(n_folds)
scores = []
for k in range(n_folds):
    train_idx = torch.cat([p for j, p in enumerate(parts) if j != k])
    test_idx = parts[k]
    model = LogReg(4)
    for epoch in range(6):
        mix = train_idx[torch.randperm(len(train_idx))]
        for b in mix.split(30):
            model.zero_grad()
            loss = bce(model(X[b]), y[b])
            loss.backward()
            optimizer.step()
    with torch.no_grad():
        acc = ((model(X[test_idx]) > 0).float() == y[test_idx]).float().mean().item()
    scores.append(acc)
    print(f"fold {k}: last loss {loss.item():.4f}, accuracy {acc:.3f}")
print("mean", sum(scores) / n_folds)
