import torch as t
from torch.utils.data import DataLoader, TensorDataset

t.manual_seed(101)
a = t.rand(400, 2) * 2 - 1
b = ((a[:, 0] * a[:, 1]) > 0).float()
keep = (a[:, 0] * a[:, 1]).abs() > 0.03
d = DataLoader(TensorDataset(a[keep], b[keep]), batch_size=32, shuffle=True)
m = t.nn.Sequential(t.nn.Linear(2, 32), t.nn.ReLU(), t.nn.Linear(32, 1), t.nn.Flatten(0))
o = t.optim.Adam(m.parameters(), 0.02)
L = t.nn.BCEWithLogitsLoss()
for e in range(20):
    q = []
    m.train()
    for x, y in d:
        l = L(m(x), y)
        l.backward()
        o.step()
        o.zero_grad()
        q.append(l.item())
    if e % 4 == 3:
        print(e + 1, sum(q) / len(q))
with t.no_grad():
    z = m(a[keep]) > 0
print("acc", (z.float() == b[keep]).float().mean().item())
