import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(16)
epochs = 5
centres = torch.randn(5, 10)
labels = torch.randint(0, 5, (500,))
x = centres[labels] + 0.9 * torch.randn(500, 10)
loader = DataLoader(TensorDataset(x, labels), batch_size=20, shuffle=True)

model = nn.Sequential(nn.Linear(10, 40), nn.ReLU(), nn.Linear(40, 5))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
# cosine annealing over the whole training
scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=epochs, eta_min=0.002)
rates = []
for epoch in range(epochs):
    total = 0.0
    for xb, yb in loader:
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(xb), yb)
        loss.backward()
        optimizer.step()
        scheduler.step()
        rates.append(scheduler.get_last_lr()[0])
        total += loss.item()
    print(f"epoch {epoch}: loss {total / len(loader):.4f}, rate now {rates[-1]:.4f}")
