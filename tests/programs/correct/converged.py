import torch

torch.manual_seed(103)
x = torch.linspace(-1, 1, 60)
y = 2.0 - 0.7 * x + 1.3 * x ** 2 + 0.02 * torch.randn(60)
P = torch.stack([torch.ones_like(x), x, 1.5 * (x ** 2 - 1 / 3)], 1)

class Quadratic(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.c = torch.nn.Parameter(torch.zeros(3))

    def forward(self, P):
        return P @ self.c


q = Quadratic()
opt = torch.optim.SGD(q.parameters(), lr=0.4)
it, last = 0, None
while it < 700:
    opt.zero_grad()
    loss = torch.nn.functional.mse_loss(q(P), y)
    loss.backward()
    opt.step()
    it += 1
    if it in (1, 10, 30, 100, 300, 700):
        print("after", it, "updates:", "loss %.7f" % loss.item(), "|g| %.2e" % q.c.grad.norm().item())
print("coefficients", [round(v, 3) for v in q.c.tolist()])
