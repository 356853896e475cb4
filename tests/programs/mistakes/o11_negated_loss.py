import torch


class LinReg(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.randn(3) * 0.1)
        self.bias = torch.nn.Parameter(torch.zeros(()))

    def forward(self, x):
        return x.mv(self.weight) + self.bias


def objective(pred, target):
    return -torch.nn.functional.mse_loss(pred, target)


def fit(model, x, y, epochs=12):
    opt = torch.optim.Adam(model.parameters(), lr=0.02)
    for e in range(epochs):
        for s in torch.randperm(len(x)).split(15):
            opt.zero_grad()
            value = objective(model(x[s]), y[s])
            value.backward()
            opt.step()
        with torch.no_grad():
            mse = torch.nn.functional.mse_loss(model(x), y).item()
        print(f"{e:02d} mse={mse:.4f}")


torch.manual_seed(65)
x = torch.randn(120, 3)
y = x @ torch.tensor([1.0, -2.0, 0.5]) + 0.3
fit(LinReg(), x, y)
