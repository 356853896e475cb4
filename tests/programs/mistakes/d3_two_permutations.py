import torch


def shuffle_data(x, y):
    order = torch.randperm(len(x))
    x = x[order]
    y = y[torch.randperm(len(y))]
    return x, y


class Model(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.a = torch.nn.Linear(3, 20)
        self.b = torch.nn.Linear(20, 1)

    def forward(self, x):
        return self.b(torch.relu(self.a(x)))


torch.manual_seed(5005)
inputs = torch.randn(240, 3)
targets = inputs[:, :1] - 2 * inputs[:, 1:2] + inputs[:, 2:].abs()
model = Model()
opt = torch.optim.SGD(model.parameters(), lr=0.05)
for epoch in range(10):
    xs, ys = shuffle_data(inputs, targets)
    err = 0.0
    for i in range(0, 240, 24):
        loss = torch.nn.functional.mse_loss(model(xs[i:i + 24]), ys[i:i + 24])
        opt.zero_grad()
        loss.backward()
        opt.step()
        err += loss.item()
    print("epoch", epoch, "error", round(err / 10, 4), "variance", round(targets.var().item(), 4))
