import torch
from torch import nn
from torch.nn.utils import clip_grad_norm_

torch.manual_seed(10)
# a few samples are much larger than the others
x = torch.randn(320, 5)
y = (x @ torch.tensor([2.0, -3.0, 1.0, 4.0, -1.0])).unsqueeze(1) * 3.0
y += torch.randn_like(y) * (torch.rand(320, 1) < 0.05) * 40.0

model = nn.Sequential(nn.Linear(5, 32), nn.ReLU(), nn.Linear(32, 1))
optimizer = torch.optim.SGD(model.parameters(), lr=0.06)
loss_fn = nn.MSELoss()
print(sum(p.numel() for p in model.parameters()), "parameters")

for epoch in range(8):
    total = 0.0
    for idx in torch.randperm(320).view(10, 32):
        optimizer.zero_grad()
        loss = loss_fn(model(x[idx]), y[idx])
        loss.backward()
        optimizer.step()
        clip_grad_norm_(model.parameters(), max_norm=5.0)
        total += loss.item()
    print(f"epoch {epoch + 1} | loss {total / 10:.3f}")
