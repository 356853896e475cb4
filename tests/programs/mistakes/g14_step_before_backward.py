import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(28)
cls = torch.randint(0, 4, (320,))
corner = torch.tensor([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]])
pts = corner[cls] * 1.5 + 0.6 * torch.randn(320, 2)
pts = torch.cat([pts, pts ** 2, pts[:, :1] * pts[:, 1:]], dim=1)
dl = DataLoader(TensorDataset(pts, cls), batch_size=32, shuffle=True)

softmax_regression = nn.Linear(5, 4)
opt = torch.optim.SGD(softmax_regression.parameters(), lr=0.3)
lossf = nn.CrossEntropyLoss()

for epoch in range(7):
    s = 0.0
    for xb, yb in dl:
        yhat = softmax_regression(xb)
        loss = lossf(yhat, yb)
        opt.step()
        opt.zero_grad()
        loss.backward()
        s += loss.item()
    print(f"epoch {epoch + 1}/7: {s / len(dl):.4f}")
