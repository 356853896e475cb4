import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def main():
    torch.manual_seed(18)
    inputs = torch.rand(400, 2) * 6 - 3
    heights = (inputs[:, :1] ** 2 + 2 * inputs[:, 1:] ** 2) * 1.5
    data = TensorDataset(inputs, heights)
    loader = DataLoader(data, batch_size=50, shuffle=True)

    surface = nn.Sequential(nn.Linear(2, 40), nn.ReLU(), nn.Linear(40, 1))
    optimiser = torch.optim.SGD(surface.parameters(), lr=0.08)
    mse = nn.MSELoss()

    for epoch in range(1, 11):
        errors = []
        for point, height in loader:
            optimiser.zero_grad()
            error = mse(surface(point), height)
            torch.nn.utils.clip_grad_norm_(surface.parameters(), max_norm=4.0)
            error.backward()
            optimiser.step()
            errors.append(error.item())
        print(f"{epoch:2d}. error {sum(errors) / len(errors):8.3f}")


main()
