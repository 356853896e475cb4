import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def train_step(model, optimizer, criterion, x, y):
    optimizer.zero_grad()
    loss = criterion(model(x), y)
    loss.backward()
    optimizer.step()
    return loss


def main():
    torch.manual_seed(35)
    x = torch.randn(240, 3)
    y = x.pow(2).sum(1, keepdim=True) * 0.5
    loader = DataLoader(TensorDataset(x, y), batch_size=24, shuffle=True)
    model = nn.Sequential(nn.Linear(3, 24), nn.Softplus(), nn.Linear(24, 1))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    criterion = nn.MSELoss()
    for epoch in range(6):
        total = 0.0
        for xb, yb in loader:
            loss = train_step(model, optimizer, criterion, xb, yb)
            optimizer.step()
            total += loss.item()
        print(f"Epoch {epoch}: {total / len(loader):.4f}")


if __name__ == "__main__":
    main()
