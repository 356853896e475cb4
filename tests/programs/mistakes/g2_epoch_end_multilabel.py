import torch

torch.manual_seed(17)
N, D, K = 360, 10, 5
W_true = torch.randn(D, K)
X = torch.randn(N, D)
Y = (X @ W_true + 0.3 * torch.randn(N, K) > 0).float()


class Tagger(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.l1 = torch.nn.Linear(D, 40)
        self.l2 = torch.nn.Linear(40, K)

    def forward(self, x):
        return self.l2(torch.relu(self.l1(x)))


m = Tagger()
lossf = torch.nn.BCEWithLogitsLoss()
o = torch.optim.Adagrad(m.parameters(), lr=0.05)
n_epochs = 9
for e in range(n_epochs):
    tot = 0.
    for i in range(0, N, 30):
        xb, yb = X[i:i+30], Y[i:i+30]
        out = m(xb)
        l = lossf(out, yb)
        l.backward()
        o.step()
        tot += l.item()
    # next epoch begins fresh
    o.zero_grad()
    with torch.no_grad():
        hits = ((m(X) > 0).float() == Y).float().mean().item()
    print(e, 'bce %.4f' % (tot / (N // 30)), 'tags right %.3f' % hits)
