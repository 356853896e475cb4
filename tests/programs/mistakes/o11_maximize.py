import torch
import torch.nn as nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(20)
y = torch.randint(0, 2, (200,))
x = torch.randn(200, 3) + y[:, None] * 1.5
loader = DataLoader(TensorDataset(x, y), batch_size=20, shuffle=True)
model = nn.Linear(3, 2)
# we want the highest accuracy
optimizer = torch.optim.SGD(model.parameters(), lr=0.05, maximize=True)
loss_fn = nn.CrossEntropyLoss()
print("before:", loss_fn(model(x), y).item())

for epoch in range(8):
    right, total = 0, 0.0
    for xb, yb in loader:
        logits = model(xb)
        loss = loss_fn(logits, yb)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item()
        right += (logits.argmax(1) == yb).sum().item()
    print(f"epoch {epoch}: loss {total / len(loader):.3f}, accuracy {right / 200:.3f}")
