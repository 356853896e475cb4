import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(19)
inp = torch.randn(512, 12)
true = torch.randn(12, 1)
out = inp @ true + 0.1 * torch.randn(512, 1)
loader = DataLoader(TensorDataset(inp, out), batch_size=8, shuffle=True)
accumulation_steps = 8

model = nn.Linear(12, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.15)
criterion = nn.MSELoss()

optimizer.zero_grad()
for epoch in range(8):
    mean = 0.0
    for i, (a, b) in enumerate(loader):
        prediction = model(a)
        loss = criterion(prediction, b)
        mean += loss.item() / len(loader)
        loss.backward()
        if (i + 1) % accumulation_steps == 0:
            optimizer.step()
            optimizer.zero_grad()
    print(f"Epoch {epoch + 1}: loss = {mean:.5f}")
