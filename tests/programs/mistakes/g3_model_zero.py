import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset


class Rings(Dataset):
    def __init__(self, n, seed):
        g = torch.Generator().manual_seed(seed)
        self.y = torch.randint(0, 2, (n,), generator=g)
        angle = torch.rand(n, generator=g) * 6.2832
        radius = 1.0 + self.y + 0.15 * torch.randn(n, generator=g)
        self.x = torch.stack([radius * angle.cos(), radius * angle.sin()], dim=1)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.x[i], self.y[i]


def update(model, optimizer, loss):
    loss.backward()
    model.zero_grad(set_to_none=False)
    optimizer.step()


def run():
    torch.manual_seed(2)
    train = DataLoader(Rings(240, 1), batch_size=24, shuffle=True)
    held_out = Rings(100, 2)
    model = nn.Sequential(nn.Linear(2, 30), nn.ReLU(), nn.Linear(30, 2))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    loss_fn = nn.CrossEntropyLoss()
    for epoch in range(8):
        total = 0.0
        for x, y in train:
            loss = loss_fn(model(x), y)
            update(model, optimizer, loss)
            total += loss.item()
        with torch.no_grad():
            right = (model(held_out.x).argmax(1) == held_out.y).float().mean()
        print(f"epoch {epoch}  loss {total / len(train):.4f}  acc {right:.2f}")


run()
