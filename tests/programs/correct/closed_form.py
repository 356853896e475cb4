# ridge solution first, a robust refinement by gradient afterwards
import torch

torch.manual_seed(37)
n, d = 500, 8
A = torch.randn(n, d) * torch.linspace(0.5, 2.0, d)
w_true = torch.randn(d)
b = A @ w_true + 0.2 * torch.randn(n)
b[torch.randperm(n)[:60]] += 12.0

lam = 1e-2
w0 = torch.linalg.solve(A.T @ A + lam * torch.eye(d), A.T @ b)
c0 = (b - A @ w0).median()
print("ridge: error %.4f" % (w0 - w_true).norm())

w = w0.clone().requires_grad_(True)
c = c0.clone().requires_grad_(True)
opt = torch.optim.Adam([w, c], lr=0.03)
sched = torch.optim.lr_scheduler.ExponentialLR(opt, gamma=0.985)
for it in range(200):
    loss = torch.nn.functional.smooth_l1_loss(A @ w + c, b, beta=0.3)
    opt.zero_grad()
    loss.backward()
    opt.step()
    sched.step()
    if it % 40 == 0 or it == 199:
        print(f"{it:3d} loss {loss.item():.4f} error {(w.detach() - w_true).norm():.4f}")
