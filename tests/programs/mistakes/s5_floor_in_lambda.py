import torch
from torch import nn

torch.manual_seed(15)
x = torch.randn(200, 4)
y = x[:, :3].argmax(1)
net = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 3))
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
epochs, batches = 6, 10
steps = epochs * batches
scheduler = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: (steps - k) // steps)
for epoch in range(epochs):
    for rows in torch.randperm(200).split(20):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(x[rows]), y[rows])
        loss.backward()
        optimizer.step()
        scheduler.step()
    print(epoch, loss.item(), scheduler.get_last_lr())
