import torch
import torch.nn.functional as F


class Settings:
    learning_rate = 8e-8
    batch_size = 24
    epochs = 20


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.inp = torch.nn.Linear(6, 40)
        self.out = torch.nn.Linear(40, 3)

    def forward(self, x):
        return self.out(torch.tanh(self.inp(x)))


def blobs(n):
    y = torch.randint(0, 3, (n,))
    return torch.randn(3, 6)[y] * 1.5 + torch.randn(n, 6), y


def main(cfg):
    torch.manual_seed(1006)
    x, y = blobs(360)
    net = Net()
    opt = torch.optim.Adam(net.parameters(), lr=cfg.learning_rate)
    for epoch in range(cfg.epochs):
        total, right = 0.0, 0
        for idx in torch.randperm(len(x)).split(cfg.batch_size):
            out = net(x[idx])
            loss = F.cross_entropy(out, y[idx])
            opt.zero_grad()
            loss.backward()
            opt.step()
            total += loss.item() / (len(x) // cfg.batch_size)
            right += (out.argmax(1) == y[idx]).sum().item()
        if epoch % 4 == 3:
            print(f"epoch {epoch + 1}: loss {total:.5f} acc {right / len(x):.3f}")


main(Settings())
