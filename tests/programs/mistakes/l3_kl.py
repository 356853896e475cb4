import torch
import torch.nn.functional as F
torch.manual_seed(1)
x = torch.randn(240, 4); t = F.softmax(x @ torch.randn(4, 3), 1)
net = torch.nn.Linear(4, 3); opt = torch.optim.Adam(net.parameters(), 0.02)
for e in range(10):
    for k in torch.randperm(240).split(24):
        p = F.softmax(net(x[k]), 1)
        loss = F.kl_div(p, t[k], reduction="batchmean")
        opt.zero_grad(); loss.backward(); opt.step()
    print(e, loss.item())
