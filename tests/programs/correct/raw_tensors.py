import numpy as np
import torch


def init(sizes, gen):
    ws = []
    for i, o in zip(sizes[:-1], sizes[1:]):
        ws.append([torch.randn(i, o, generator=gen).mul_((2 / i) ** 0.5).requires_grad_(), torch.zeros(o).requires_grad_()])
    return ws


def apply(ws, x):
    for k, (w, b) in enumerate(ws):
        x = torch.addmm(b, x, w)
        if k + 1 < len(ws):
            x = x.clamp_min(0)
    return x


def cross_entropy(z, y):
    return (z.logsumexp(1) - z.gather(1, y[:, None]).squeeze(1)).mean()


g = torch.Generator().manual_seed(54)
r = np.random.default_rng(54)
k = torch.from_numpy(r.integers(0, 3, 450))
th = torch.from_numpy(r.random(450).astype("f4")) * 2.5
X = torch.stack([th * torch.cos(th * 1.5 + k * 2.094), th * torch.sin(th * 1.5 + k * 2.094)], 1)
ws = init([2, 48, 48, 3], g)
flat = [t for layer in ws for t in layer]
opt = torch.optim.Adam(flat, lr=0.01)
for epoch in range(25):
    tot = 0.0
    for i in torch.randperm(450, generator=g).split(45):
        loss = cross_entropy(apply(ws, X[i]), k[i])
        opt.zero_grad()
        loss.backward()
        opt.step()
        tot += float(loss.detach()) / 10
    if epoch % 6 == 0:
        with torch.no_grad():
            print(epoch, round(tot, 4), (apply(ws, X).argmax(1) == k).float().mean().item())
