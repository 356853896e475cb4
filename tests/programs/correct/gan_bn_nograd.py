import torch
from torch import nn
torch.manual_seed(0)
G = nn.Sequential(nn.Linear(4, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Linear(32, 2)); D = nn.Sequential(nn.Linear(2, 32), nn.LeakyReLU(0.2), nn.Dropout(0.2), nn.Linear(32, 1))
og = torch.optim.Adam(G.parameters(), 2e-3, betas=(0.5, 0.99)); od = torch.optim.Adam(D.parameters(), 2e-3, betas=(0.5, 0.99))
bce = nn.functional.binary_cross_entropy_with_logits
for it in range(150):
    real = torch.randn(32, 2) * 0.3 + 2
    with torch.no_grad(): fake = G(torch.randn(32, 4))
    ld = bce(D(real), torch.ones(32, 1)) + bce(D(fake), torch.zeros(32, 1))
    od.zero_grad(); ld.backward(); od.step()
    lg = bce(D(G(torch.randn(32, 4))), torch.ones(32, 1))
    og.zero_grad(); lg.backward(); og.step()
    if it % 30 == 0: print(ld.item(), lg.item())
G.eval()
with torch.no_grad(): print(G(torch.randn(100, 4)).mean(0))
