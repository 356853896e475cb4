import torch
import torch.nn as nn
import torch.nn.functional as F

torch.manual_seed(55)


def problem(n):
    y = torch.randint(0, 4, (n,))
    ang = torch.rand(n) * 1.4 + y * 1.5708
    r = 0.5 + torch.rand(n)
    return torch.stack([r * ang.cos(), r * ang.sin()], 1) + 0.1 * torch.randn(n, 2), y


def fit_teacher(x, y):
    big = nn.Sequential(nn.Linear(2, 64), nn.ReLU(), nn.Dropout(0.1), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 4))
    o = torch.optim.Adam(big.parameters(), 1e-2)
    for e in range(12):
        for i in torch.randperm(len(x)).split(50):
            o.zero_grad()
            loss = F.cross_entropy(big(x[i]), y[i])
            loss.backward()
            o.step()
    print("teacher last loss %.4f" % loss.item())
    return big.eval()


def student_loss(s, t, y, T=2.0, a=0.7):
    soft = F.kl_div(F.log_softmax(s / T, 1), F.softmax(t / T, 1), reduction="batchmean") * T * T
    return a * soft + (1 - a) * F.cross_entropy(s, y)


x, y = problem(500)
xt, yt = problem(300)
teacher = fit_teacher(x, y)
student = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 4))
opt = torch.optim.Adam(student.parameters(), lr=0.02)
for epoch in range(20):
    tot = 0.0
    for i in torch.randperm(500).split(50):
        with torch.no_grad():
            guide = teacher(x[i])
        loss = student_loss(student(x[i]), guide, y[i])
        opt.zero_grad()
        loss.backward()
        opt.step()
        tot += loss.item() / 10
    if epoch % 5 == 4:
        with torch.no_grad():
            acc = (student(xt).argmax(1) == yt).float().mean().item()
        print("epoch", epoch + 1, "loss", round(tot, 4), "student acc", round(acc, 3))
