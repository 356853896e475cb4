import torch


def draw(n):
    x = torch.rand(n, 3) * 2 - 1
    y = (x[:, 0] * x[:, 1] + x[:, 2]).unsqueeze(1)
    return x, y + 0.02 * torch.randn_like(y)


class Net(torch.nn.Module):
    def __init__(self, h):
        super().__init__()
        self.a = torch.nn.Linear(3, h)
        self.b = torch.nn.Linear(h, 1)

    def forward(self, x):
        return self.b(torch.tanh(self.a(x)))


def main():
    torch.manual_seed(29)
    MICRO = 3
    net = Net(24)
    opt = torch.optim.Adam(net.parameters(), lr=1e-2)
    for update in range(90):
        shown = 0.0
        for _ in range(MICRO):
            x, y = draw(16)
            opt.zero_grad()
            loss = (net(x) - y).pow(2).mean() / MICRO
            loss.backward()
            shown += loss.item()
        opt.step()
        if update % 15 == 14:
            print(f"update {update + 1}: mean squared error {shown:.5f}")
    xt, yt = draw(200)
    with torch.no_grad():
        print("test", (net(xt) - yt).pow(2).mean().item())


if __name__ == "__main__":
    main()
