import torch
from torch import nn

torch.manual_seed(20)
classes, dim = 6, 10
proto = torch.randn(classes, dim)
y = torch.arange(600) % classes
x = proto[y] + 0.7 * torch.randn(600, dim)
model = nn.Sequential(nn.Linear(dim, 40), nn.BatchNorm1d(40), nn.ReLU(), nn.Linear(40, classes))
loss_fn = nn.CrossEntropyLoss(label_smoothing=0.1)
plain = nn.CrossEntropyLoss()
optim = torch.optim.Adam(model.parameters(), lr=4e-3)
tr, va = torch.randperm(600).split([480, 120])
for epoch in range(18):
    model.train()
    for i in tr[torch.randperm(480)].split(48):
        optim.zero_grad()
        loss = loss_fn(model(x[i]), y[i])
        loss.backward()
        optim.step()
    if epoch % 3 == 2:
        model.eval()
        with torch.no_grad():
            out = model(x[va])
            print(f"{epoch + 1:2d} batch {loss.item():.3f} val smooth {loss_fn(out, y[va]):.3f} "
                  f"val plain {plain(out, y[va]):.3f} acc {(out.argmax(1) == y[va]).float().mean():.3f}")
