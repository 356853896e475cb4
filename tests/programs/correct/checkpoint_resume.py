import os
import tempfile
import torch
import torch.nn as nn
import torch.nn.functional as F


def objects():
    net = nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 3))
    opt = torch.optim.SGD(net.parameters(), lr=0.2, momentum=0.9)
    sch = torch.optim.lr_scheduler.StepLR(opt, step_size=6, gamma=0.5)
    return net, opt, sch


def work(net, opt, sch, x, y, first, last):
    for ep in range(first, last):
        s = 0.0
        for i in torch.randperm(len(x)).chunk(10):
            loss = F.cross_entropy(net(x[i]), y[i])
            opt.zero_grad()
            loss.backward()
            opt.step()
            s += loss.item() / 10
        print(f"epoch {ep:2d} lr {opt.param_groups[0]['lr']:.4f} loss {s:.4f}")
        sch.step()


torch.manual_seed(53)
y = torch.randint(0, 3, (360,))
ang = y * 2.0944 + 0.4 * torch.randn(360)
x = torch.stack([ang.cos(), ang.sin()], 1) * (1 + 0.5 * torch.rand(360, 1))

net, opt, sch = objects()
work(net, opt, sch, x, y, 0, 8)
with tempfile.TemporaryDirectory() as d:
    path = os.path.join(d, "run.pt")
    torch.save({"net": net.state_dict(), "opt": opt.state_dict(), "sch": sch.state_dict(), "epoch": 8}, path)
    print("saved")
    net, opt, sch = objects()
    bundle = torch.load(path)
net.load_state_dict(bundle["net"])
opt.load_state_dict(bundle["opt"])
sch.load_state_dict(bundle["sch"])
work(net, opt, sch, x, y, bundle["epoch"], 16)
