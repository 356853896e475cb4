import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset


def get_loader():
    a = torch.randn(300, 3)
    b = (2 * a[:, :1] - a[:, 1:2] + 0.5 * a[:, 2:]) + 0.1 * torch.randn(300, 1)
    return DataLoader(TensorDataset(a, b), batch_size=20, shuffle=True)


def main():
    torch.manual_seed(13)
    loader = get_loader()
    model = nn.Sequential(nn.Linear(3, 12), nn.ReLU(), nn.Linear(12, 1))
    opt = torch.optim.SGD(model.parameters(), lr=1e-4)
    cyc = torch.optim.lr_scheduler.CyclicLR(
        opt, base_lr=1e-4, max_lr=0.05, step_size_up=2 * len(loader), mode="triangular"
    )
    seen_rates = []
    for epoch in range(8):
        total = 0.0
        for a, b in loader:
            loss = nn.functional.mse_loss(model(a), b)
            opt.zero_grad()
            loss.backward()
            opt.step()
            total += loss.item()
        cyc.step()
        seen_rates.append(opt.param_groups[0]["lr"])
        print(f"epoch {epoch}: {total / len(loader):.4f}")
    print("rates between", min(seen_rates), "and", max(seen_rates))


main()
