import torch
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset


def forever(loader):
    while True:
        yield from loader


torch.manual_seed(45)
lab = torch.randint(0, 3, (200,))
pts = torch.randn(3, 5)[lab] * 1.5 + 0.8 * torch.randn(200, 5)
stream = forever(DataLoader(TensorDataset(pts, lab), batch_size=20, shuffle=True))
net = torch.nn.Sequential(torch.nn.Linear(5, 32), torch.nn.ReLU(), torch.nn.Linear(32, 3))
opt = torch.optim.Adam(net.parameters(), lr=8e-3)

# updates are counted, not passes: four batches belong to every update
ACCUM, UPDATES = 4, 90
for update in range(UPDATES):
    opt.zero_grad()
    shown = 0.0
    for _ in range(ACCUM):
        a, b = next(stream)
        loss = F.cross_entropy(net(a), b) / ACCUM
        loss.backward()
        shown += loss.item()
    opt.step()
    if update % 15 == 14:
        print("update", update + 1, "loss", round(shown, 4))
with torch.no_grad():
    print("accuracy", (net(pts).argmax(1) == lab).float().mean().item())
