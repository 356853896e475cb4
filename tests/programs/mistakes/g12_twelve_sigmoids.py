import torch
from torch import nn

torch.manual_seed(30)
deep = []
width = 2
for _ in range(12):
    deep += [nn.Linear(width, 24), nn.Sigmoid()]
    width = 24
deep.append(nn.Linear(24, 3))
model = nn.Sequential(*deep)

y = torch.randint(0, 3, (300,))
angle = y * 2.094 + 0.4 * torch.randn(300)
x = torch.stack([angle.cos(), angle.sin()], 1) * 2

opt = torch.optim.SGD(model.parameters(), lr=0.02, momentum=0.9)
criterion = nn.CrossEntropyLoss()
for epoch in range(8):
    mean = 0.0
    for idx in torch.randperm(300).view(10, 30):
        opt.zero_grad()
        loss = criterion(model(x[idx]), y[idx])
        loss.backward()
        opt.step()
        mean += loss.item() / 10
    first = model[0].weight.grad.norm().item()
    last = model[-1].weight.grad.norm().item()
    print(f"epoch {epoch} loss {mean:.4f} |g| first {first:.2e} last {last:.2e}")
