"""Penalised logistic regression, quasi-Newton."""
import torch
import torch.nn.functional as F


def generate(n, d, w):
    feats = torch.randn(n, d)
    prob = torch.sigmoid(feats @ w - 0.3)
    return feats, torch.bernoulli(prob)


def fit(feats, target, lam=1e-3, rounds=8):
    coef = torch.zeros(feats.shape[1], requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    solver = torch.optim.LBFGS([coef, bias], max_iter=2, line_search_fn="strong_wolfe")
    trace = []

    def objective():
        for t in (coef, bias):
            t.grad = None
        z = feats @ coef + bias
        val = F.binary_cross_entropy_with_logits(z, target) + lam * coef.square().sum()
        val.backward()
        trace.append(val.item())
        return val

    for r in range(rounds):
        solver.step(objective)
        print(f"round {r}: objective {trace[-1]:.5f} ({len(trace)} evaluations)")
    return coef.detach(), bias.detach()


if __name__ == "__main__":
    torch.manual_seed(5)
    true_w = torch.tensor([1.5, -2.0, 0.0, 0.7, 0.0, 1.1])
    Xtr, ytr = generate(700, 6, true_w)
    Xte, yte = generate(300, 6, true_w)
    w, b = fit(Xtr, ytr)
    acc = ((Xte @ w + b > 0).float() == yte).float().mean()
    print("coefficients", [round(v, 2) for v in w.tolist()])
    print("held-out accuracy", round(acc.item(), 3))
