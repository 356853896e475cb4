import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(9)
SOFT, PARTS = 2.0, 8
teacher = nn.Sequential(nn.Linear(8, 48), nn.Tanh(), nn.Linear(48, 5)).requires_grad_(False)
for weight in teacher.parameters():
    weight.mul_(4)
student = nn.Sequential(nn.Linear(8, 32), nn.Tanh(), nn.Linear(32, 5))
opt = torch.optim.SGD(student.parameters(), lr=0.3, momentum=0.9)
x = torch.randn(640, 8)
for epoch in range(10):
    for k, rows in enumerate(torch.randperm(640).split(10)):
        wanted = F.softmax(teacher(x[rows]) / SOFT, dim=1)
        got = F.log_softmax(student(x[rows]) / SOFT, dim=1)
        loss = F.kl_div(got, wanted, reduction="batchmean") * SOFT**2
        loss.backward()
        if k % PARTS == PARTS - 1:
            opt.step()
            opt.zero_grad()
    print(epoch, loss.item())
