import torch
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = torch.nn.Linear(5, 40)
        self.fc2 = torch.nn.Linear(40, 3)

    def forward(self, x):
        x = F.relu(self.fc1(x))
        x = F.dropout(x, 0.4)
        return self.fc2(x)


torch.manual_seed(3007)
y = torch.randint(0, 3, (300,))
x = torch.randn(3, 5)[y] * 1.3 + torch.randn(300, 5)
train_loader = DataLoader(TensorDataset(x[:240], y[:240]), batch_size=24, shuffle=True)
model = Net()
optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
for epoch in range(8):
    model.train()
    for xb, yb in train_loader:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(xb), yb)
        loss.backward()
        optimizer.step()
    model.eval()
    with torch.no_grad():
        first = F.cross_entropy(model(x[240:]), y[240:]).item()
        again = F.cross_entropy(model(x[240:]), y[240:]).item()
    print(f"epoch {epoch}: validation {first:.4f} / {again:.4f}")
