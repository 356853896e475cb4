import torch
from torch.utils.data import DataLoader, Dataset


class Patients(Dataset):
    def __init__(self, n):
        healthy = torch.randn(n // 2, 6)
        ill = torch.randn(n // 2, 6) + torch.tensor([1.4, 1.4, -1.4, 0.0, 0.7, 0.0])
        self.x = torch.cat([healthy, ill])
        self.y = torch.cat([torch.zeros(n // 2, dtype=torch.long), torch.ones(n // 2, dtype=torch.long)])

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.x[i], self.y[i]


class Config:
    batch_size = 24
    shuffle = False
    lr = 0.1
    epochs = 8


def main(cfg):
    torch.manual_seed(5003)
    data = Patients(288)
    loader = DataLoader(data, cfg.batch_size, shuffle=cfg.shuffle)
    net = torch.nn.Sequential(torch.nn.Linear(6, 16), torch.nn.Tanh(), torch.nn.Linear(16, 2))
    opt = torch.optim.SGD(net.parameters(), lr=cfg.lr, momentum=0.9)
    for epoch in range(cfg.epochs):
        for x, y in loader:
            loss = torch.nn.functional.cross_entropy(net(x), y)
            opt.zero_grad()
            loss.backward()
            opt.step()
        with torch.no_grad():
            out = net(data.x)
            full = torch.nn.functional.cross_entropy(out, data.y).item()
            acc = (out.argmax(1) == data.y).float().mean().item()
        print(f"epoch {epoch}: loss on all {full:.3f} accuracy {acc:.3f}")


main(Config)
