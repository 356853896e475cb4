"""Mixture of Gaussians by ascent on the log likelihood."""
import math
import torch

torch.manual_seed(72)
K = 3
pts = torch.cat([torch.randn(120) * 0.4 - 3, torch.randn(160) * 0.7 + 0.5, torch.randn(80) * 0.3 + 3])

mean = torch.tensor([-2.0, 0.0, 2.0], requires_grad=True)
log_sd = torch.zeros(K, requires_grad=True)
mix = torch.zeros(K, requires_grad=True)


def loglik(v):
    comp = -0.5 * ((v[:, None] - mean) / log_sd.exp()) ** 2 - log_sd - 0.5 * math.log(2 * math.pi)
    return torch.logsumexp(comp + torch.log_softmax(mix, 0), 1).mean()


ascend = torch.optim.Adam([mean, log_sd, mix], lr=0.06, maximize=True)
for it in range(241):
    ascend.zero_grad()
    value = loglik(pts)
    value.backward()
    ascend.step()
    if it % 40 == 0:
        print("iteration", it, "log likelihood", round(value.item(), 4))
with torch.no_grad():
    print("means", [round(v, 2) for v in mean.tolist()], "sds", [round(v, 2) for v in log_sd.exp().tolist()])
