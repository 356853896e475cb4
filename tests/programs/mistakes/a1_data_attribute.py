import torch


class Stack(torch.nn.Module):
    def __init__(self, widths):
        super().__init__()
        self.layers = torch.nn.ModuleList(
            torch.nn.Linear(a, b) for a, b in zip(widths[:-1], widths[1:])
        )
        self.norms = []

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = layer(x)
            if i + 1 < len(self.layers):
                x = torch.tanh(x)
                if i == 1:
                    # for the log
                    x = x.data
                    self.norms.append(x.norm().item())
        return x


def learn(net, x, y, steps=150):
    opt = torch.optim.RMSprop(net.parameters(), lr=3e-3)
    for s in range(steps):
        pick = torch.randint(0, len(x), (40,))
        loss = torch.nn.functional.mse_loss(net(x[pick]), y[pick])
        opt.zero_grad()
        loss.backward()
        opt.step()
        if s % 30 == 29:
            print(f"step {s + 1} loss {loss.item():.4f} norm {net.norms[-1]:.3f}")


torch.manual_seed(4004)
x = torch.rand(400, 2) * 4 - 2
y = torch.cos(2 * x[:, :1]) * x[:, 1:]
learn(Stack([2, 6, 6, 1]), x, y)
