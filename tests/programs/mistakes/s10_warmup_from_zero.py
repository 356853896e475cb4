import torch
import torch.nn as nn


def warmup(epoch):
    return min(1.0, epoch / 4)


class Blobs(torch.utils.data.Dataset):
    def __init__(self, n):
        self.label = torch.randint(0, 3, (n,))
        self.point = torch.randn(n, 2) + 2 * torch.eye(3, 2)[self.label]

    def __len__(self):
        return len(self.label)

    def __getitem__(self, i):
        return self.point[i], self.label[i]


if __name__ == "__main__":
    torch.manual_seed(28)
    loader = torch.utils.data.DataLoader(Blobs(300), batch_size=25, shuffle=True)
    net = nn.Sequential(nn.Linear(2, 16), nn.ReLU(), nn.Linear(16, 3))
    opt = torch.optim.AdamW(net.parameters(), lr=0.02)
    sched = torch.optim.lr_scheduler.LambdaLR(opt, warmup)
    for epoch in range(7):
        total = 0.0
        for p, l in loader:
            opt.zero_grad()
            loss = nn.functional.cross_entropy(net(p), l)
            loss.backward()
            opt.step()
            total += loss.item()
        sched.step()
        print(f"epoch {epoch}: {total / len(loader):.4f}")
