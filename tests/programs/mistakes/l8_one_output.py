import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(2017)
age = torch.rand(300, 1)
dose = torch.rand(300, 1)
noise = torch.randn(300, 1) * 0.1
ill = (age - dose + noise > 0).float()
loader = DataLoader(TensorDataset(torch.cat([age, dose], 1), ill), batch_size=30, shuffle=True)

model = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 1))
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for epoch in range(8):
    total, right = 0.0, 0
    for x, y in loader:
        logit = model(x)
        loss = criterion(logit, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
        right += ((logit > 0).float() == y).sum().item()
    print(f"epoch {epoch + 1} loss {total / len(loader):.5f} acc {right / 300:.3f}")
