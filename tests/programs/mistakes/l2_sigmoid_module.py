import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(2004)
x = torch.randn(320, 6)
y = ((x[:, 0] > 0) ^ (x[:, 1] > 0)).float().unsqueeze(1)
train_loader = DataLoader(TensorDataset(x, y), batch_size=32, shuffle=True)

model = nn.Sequential(
    nn.Linear(6, 32),
    nn.ReLU(),
    nn.Linear(32, 1),
    nn.Sigmoid(),
)
loss_function = nn.BCEWithLogitsLoss()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)

for epoch in range(1, 11):
    epoch_loss = 0.0
    for features, target in train_loader:
        probability = model(features)
        loss = loss_function(probability, target)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        epoch_loss += loss.item()
    print(f"epoch {epoch:2d}: {epoch_loss / len(train_loader):.4f}")
