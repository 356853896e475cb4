import torch


class Polynomial(torch.nn.Module):
    def __init__(self, degree):
        super().__init__()
        self.degree = degree
        self.coef = torch.nn.Linear(degree, 1)

    def forward(self, t):
        powers = torch.stack([t ** k for k in range(1, self.degree + 1)], dim=1)
        return self.coef(powers)


def my_mse(prediction, target):
    return ((prediction - target) ** 2).mean()


def run():
    torch.manual_seed(2010)
    t = torch.rand(200) * 2 - 1
    v = 1 - 2 * t + 1.5 * t ** 3 + 0.05 * torch.randn(200)
    model = Polynomial(3)
    opt = torch.optim.SGD(model.parameters(), lr=0.3)
    for epoch in range(10):
        losses = []
        for sel in torch.randperm(200).split(20):
            opt.zero_grad()
            loss = my_mse(model(t[sel]), v[sel])
            loss.backward()
            opt.step()
            losses.append(loss.item())
        print(epoch, f"{sum(losses) / len(losses):.4f}")
    print("coefficients", model.coef.weight.data.flatten().tolist())


if __name__ == "__main__":
    run()
