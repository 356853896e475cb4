import torch


class AE(torch.nn.Module):
    def __init__(self, n=16, k=3):
        super().__init__()
        self.f = torch.nn.Sequential(torch.nn.Linear(n, 12), torch.nn.ELU(), torch.nn.Linear(12, k))
        self.g = torch.nn.Sequential(torch.nn.Linear(k, 12), torch.nn.ELU(), torch.nn.Linear(12, n))

    def forward(self, x):
        return self.g(self.f(x))


def waves(n):
    t = torch.linspace(0, 3, 16)
    return torch.sin(t * (1 + torch.rand(n, 1))) * 2


def fit(ae, data, lr, epochs):
    opt = torch.optim.SGD(ae.parameters(), lr=lr)
    for e in range(epochs):
        err = []
        for b in data[torch.randperm(len(data))].split(25):
            loss = torch.nn.functional.mse_loss(ae(b), b)
            opt.zero_grad()
            loss.backward()
            opt.step()
            err.append(loss.item())
        print(f"epoch {e}: {sum(err) / len(err):.5g}")


torch.manual_seed(1004)
fit(AE(), waves(250), lr=2.5, epochs=10)
