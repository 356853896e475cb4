import copy

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def build_model():
    return nn.Sequential(nn.Linear(2, 32), nn.ReLU(), nn.Linear(32, 2))


def xor_data(n):
    x = torch.rand(n, 2) * 2 - 1
    return x, (x[:, 0] * x[:, 1] > 0).long()


def main():
    torch.manual_seed(15)
    model = build_model()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    # keep the initial weights for later comparison
    initial = model
    model = copy.deepcopy(initial)
    loader = DataLoader(TensorDataset(*xor_data(300)), batch_size=30, shuffle=True)
    for epoch in range(8):
        total = 0.0
        for x, y in loader:
            optimizer.zero_grad()
            model.zero_grad()
            loss = nn.functional.cross_entropy(model(x), y)
            loss.backward()
            optimizer.step()
            total += loss.item()
        print(f"epoch {epoch}: {total / len(loader):.4f}")
    moved = (initial[0].weight - model[0].weight).norm().item()
    print("distance from the start:", moved)


main()
