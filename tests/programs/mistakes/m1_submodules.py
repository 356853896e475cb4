import torch
from torch import nn
torch.manual_seed(0)
enc = nn.Sequential(nn.Linear(8, 32), nn.BatchNorm1d(32), nn.ReLU(), nn.Dropout(0.3)); dec = nn.Linear(32, 2)
opt = torch.optim.Adam([*enc.parameters(), *dec.parameters()], 0.01)
x = torch.randn(300, 8) + 1; y = (x[:, 0] > 1).long()
def check():
    enc.eval(); dec.eval()
    with torch.no_grad(): r = (dec(enc(x[250:])).argmax(1) == y[250:]).float().mean().item()
    return r
for e in range(8):
    for k in torch.randperm(250).split(25):
        z = enc(x[k]); l = nn.functional.cross_entropy(dec(z), y[k]); opt.zero_grad(); l.backward(); opt.step()
    print(e, l.item(), check())
