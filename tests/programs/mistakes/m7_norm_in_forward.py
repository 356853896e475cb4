import torch


class Scorer(torch.nn.Module):
    def __init__(self, d, h):
        super().__init__()
        self.first = torch.nn.Linear(d, h)
        self.second = torch.nn.Linear(h, 1)

    def forward(self, x):
        z = self.first(x)
        z = torch.nn.BatchNorm1d(z.shape[1])(z)
        return self.second(torch.relu(z))


def houses(n):
    size, rooms, year = torch.rand(n), torch.rand(n), torch.rand(n)
    price = 3 * size + rooms * year + 0.1 * torch.randn(n)
    return torch.stack([size, rooms, year], 1), price[:, None]


def run():
    torch.manual_seed(3011)
    x, y = houses(300)
    xt, yt = houses(60)
    model = Scorer(3, 20)
    opt = torch.optim.Adam(model.parameters(), lr=0.02)
    for epoch in range(8):
        model.train()
        for rows in torch.randperm(300).split(30):
            loss = torch.nn.functional.mse_loss(model(x[rows]), y[rows])
            opt.zero_grad()
            loss.backward()
            opt.step()
        model.eval()
        with torch.no_grad():
            whole = torch.nn.functional.mse_loss(model(xt), yt).item()
            five = torch.nn.functional.mse_loss(model(xt[:5]), yt[:5]).item()
        print(f"epoch {epoch}: all test rows {whole:.4f}, five of them {five:.4f}")


run()
