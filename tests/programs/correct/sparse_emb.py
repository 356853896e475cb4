"""Matrix factorisation with sparse gradients."""
import torch
import torch.nn as nn

torch.manual_seed(48)
USERS, ITEMS, R = 60, 40, 4
u_true, i_true = torch.randn(USERS, R) * 0.7, torch.randn(ITEMS, R) * 0.7
pairs = torch.cartesian_prod(torch.arange(USERS), torch.arange(ITEMS))
pairs = pairs[torch.randperm(len(pairs))]
rating = (u_true[pairs[:, 0]] * i_true[pairs[:, 1]]).sum(1) + 0.05 * torch.randn(len(pairs))
cut = 2000
tr, te = slice(0, cut), slice(cut, None)


class MF(nn.Module):
    def __init__(self):
        super().__init__()
        self.u = nn.Embedding(USERS, R, sparse=True)
        self.i = nn.Embedding(ITEMS, R, sparse=True)
        self.bias = nn.Parameter(torch.zeros(()))
        for e in (self.u, self.i):
            nn.init.normal_(e.weight, std=0.3)

    def forward(self, p):
        return (self.u(p[:, 0]) * self.i(p[:, 1])).sum(1) + self.bias


mf = MF()
sparse = torch.optim.SparseAdam([mf.u.weight, mf.i.weight], lr=0.02)
dense = torch.optim.Adam([mf.bias], lr=0.005)
for epoch in range(16):
    tot = 0.0
    for k in torch.randperm(cut).split(100):
        err = mf(pairs[tr][k]) - rating[tr][k]
        loss = err.square().mean()
        sparse.zero_grad()
        dense.zero_grad()
        loss.backward()
        sparse.step()
        dense.step()
        tot += loss.item() / 20
    if epoch % 3 == 0:
        with torch.no_grad():
            test = (mf(pairs[te]) - rating[te]).square().mean().sqrt().item()
        print("epoch", epoch, "mse", round(tot, 4), "test rmse", round(test, 4))
