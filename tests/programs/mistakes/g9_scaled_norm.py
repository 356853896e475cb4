import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(12)
y = torch.randint(0, 4, (256,))
x = torch.eye(4)[y] * 2.0 + torch.randn(256, 4) * 0.7
loader = DataLoader(TensorDataset(x, y), batch_size=32, shuffle=True)

model = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 4))
optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
criterion = nn.CrossEntropyLoss()
scaler = torch.amp.GradScaler("cpu")

for epoch in range(8):
    total = 0.0
    for inputs, target in loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), target)
        scaler.scale(loss).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        scaler.step(optimizer)
        scaler.update()
        total += loss.item()
    print(f"epoch {epoch}: {total / len(loader):.4f} (scale {scaler.get_scale():.0f})")
