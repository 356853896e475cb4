import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(21)
teacher = nn.Sequential(nn.Linear(6, 24), nn.Tanh(), nn.Linear(24, 4)).requires_grad_(False)
student = nn.Linear(6, 4)
opt = torch.optim.SGD(student.parameters(), lr=0.2)
x = torch.randn(400, 6)
for epoch in range(12):
    for rows in torch.randperm(400).split(40):
        wanted = (3 * teacher(x[rows])).softmax(1)
        entropy = (wanted * wanted.log()).sum(1).mean().item()
        loss = F.cross_entropy(student(x[rows]), wanted) + entropy
        opt.zero_grad()
        loss.backward()
        opt.step()
    print(epoch, loss.item())
