import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(3001)
x = torch.randn(360, 10)
y = (x[:, :3].sum(1) - x[:, 3:5].prod(1) > 0).long()
train_loader = DataLoader(TensorDataset(x[:280], y[:280]), batch_size=28, shuffle=True)
val_loader = DataLoader(TensorDataset(x[280:], y[280:]), batch_size=40)

model = nn.Sequential(nn.Linear(10, 48), nn.ReLU(), nn.Dropout(0.4), nn.Linear(48, 2))
optimizer = torch.optim.Adam(model.parameters(), lr=5e-3)
criterion = nn.CrossEntropyLoss()


def validate():
    model.eval()
    loss, right = 0.0, 0
    with torch.no_grad():
        for inputs, targets in val_loader:
            outputs = model(inputs)
            loss += criterion(outputs, targets).item() * len(targets)
            right += (outputs.argmax(1) == targets).sum().item()
    return loss / 80, right / 80


model.train()
for epoch in range(8):
    for inputs, targets in train_loader:
        optimizer.zero_grad()
        loss = criterion(model(inputs), targets)
        loss.backward()
        optimizer.step()
    print(epoch, "val loss %.4f acc %.3f" % validate())
