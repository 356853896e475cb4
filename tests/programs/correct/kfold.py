import torch
import torch.nn as nn

torch.manual_seed(11)
K, N = 5, 250
X = torch.randn(N, 6)
Y = (X[:, 0] + X[:, 1] ** 2 - 0.8 > 0).long()
fold_of = torch.randperm(N) % K


def fresh():
    net = nn.Sequential(nn.Linear(6, 24), nn.BatchNorm1d(24), nn.ReLU(), nn.Dropout(0.1), nn.Linear(24, 2))
    return net, torch.optim.Adam(net.parameters(), lr=1e-2)


def standardise(train, other):
    m, s = train.mean(0), train.std(0)
    return (train - m) / s, (other - m) / s


scores = []
for k in range(K):
    a, b = fold_of != k, fold_of == k
    xa, xb = standardise(X[a], X[b])
    ya, yb = Y[a], Y[b]
    net, opt = fresh()
    net.train()
    for epoch in range(15):
        for i in torch.randperm(len(xa)).split(40):
            opt.zero_grad()
            loss = nn.functional.cross_entropy(net(xa[i]), ya[i])
            loss.backward()
            opt.step()
    net.eval()
    with torch.no_grad():
        acc = (net(xb).argmax(1) == yb).float().mean().item()
    scores.append(acc)
    print(f"fold {k}: last loss {loss.item():.3f} accuracy {acc:.3f}")
print("mean", round(sum(scores) / K, 3))
