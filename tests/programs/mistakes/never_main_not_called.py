import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

torch.manual_seed(7001)
x = torch.randn(200, 3)
y = (x[:, 0] > x[:, 1]).long()
print("data:", tuple(x.shape), "positive:", int(y.sum()))


def train(model, loader, epochs):
    opt = torch.optim.Adam(model.parameters(), lr=0.01)
    for epoch in range(epochs):
        for xb, yb in loader:
            opt.zero_grad()
            loss = nn.functional.cross_entropy(model(xb), yb)
            loss.backward()
            opt.step()
        print("epoch", epoch, "loss", loss.item())


def main():
    loader = DataLoader(TensorDataset(x, y), batch_size=20, shuffle=True)
    model = nn.Sequential(nn.Linear(3, 8), nn.ReLU(), nn.Linear(8, 2))
    train(model, loader, epochs=5)
    return model


if __name__ == "main":
    main()
