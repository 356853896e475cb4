import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def train(model, loader, epochs, lr):
    criterion = nn.MSELoss(reduction="sum")
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for epoch in range(1, epochs + 1):
        seen, total = 0, 0.0
        for x, y in loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item()
            seen += 1
        print(f"epoch {epoch}: {total / seen:.5g}")


torch.manual_seed(2022)
x = torch.randn(384, 6)
y = x @ torch.tensor([[1.0], [0.0], [-1.0], [2.0], [0.5], [-0.5]]) + 0.1 * torch.randn(384, 1)
loader = DataLoader(TensorDataset(x, y), batch_size=64, shuffle=True)
train(nn.Linear(6, 1), loader, epochs=12, lr=0.1)
