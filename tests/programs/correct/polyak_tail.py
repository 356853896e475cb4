import torch
import numpy as np

rng = np.random.default_rng(4)
torch.manual_seed(4)
A = rng.normal(size=(600, 12)).astype("float32")
coef = rng.normal(size=12).astype("float32")
b = (A @ coef + 0.8 * rng.normal(size=600)).astype("float32")
A, b, coef = torch.from_numpy(A), torch.from_numpy(b), torch.from_numpy(coef)

lin = torch.nn.Linear(12, 1)
sgd = torch.optim.SGD(lin.parameters(), lr=0.05)
tail, steps, burn = None, 0, 150
for step in range(450):
    pick = torch.from_numpy(rng.integers(0, 600, size=16))
    loss = torch.nn.functional.mse_loss(lin(A[pick]).squeeze(1), b[pick])
    sgd.zero_grad()
    loss.backward()
    sgd.step()
    if step >= burn:
        steps += 1
        now = lin.weight.detach().clone()
        tail = now if tail is None else tail + (now - tail) / steps
    if step % 75 == 0:
        print("step", step, "batch loss", round(loss.item(), 3))

err_last = (lin.weight.detach()[0] - coef).norm().item()
err_tail = (tail[0] - coef).norm().item()
print("error of the last iterate %.4f, of the averaged tail %.4f" % (err_last, err_tail))
