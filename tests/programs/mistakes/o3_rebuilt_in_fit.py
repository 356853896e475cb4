import torch
from torch import nn


class Regressor:
    """scikit-learn like wrapper"""

    def __init__(self, hidden=24, lr=0.02):
        self.hidden = hidden
        self.reset()
        self.optimizer = torch.optim.RMSprop(self.net.parameters(), lr=lr)

    def reset(self):
        self.net = nn.Sequential(nn.Linear(3, self.hidden), nn.Tanh(), nn.Linear(self.hidden, 1))

    def fit(self, X, y, epochs=9, batch=20):
        self.reset()
        for e in range(epochs):
            losses = []
            for ix in torch.randperm(len(X)).split(batch):
                self.net.zero_grad()
                loss = ((self.net(X[ix]) - y[ix]) ** 2).mean()
                loss.backward()
                self.optimizer.step()
                losses.append(loss.item())
            print(f"  epoch {e + 1}: {sum(losses) / len(losses):.4f}")
        return self

    @torch.no_grad()
    def score(self, X, y):
        residual = ((self.net(X) - y) ** 2).sum()
        return 1 - (residual / ((y - y.mean()) ** 2).sum()).item()


if __name__ == "__main__":
    torch.manual_seed(90)
    X = torch.rand(260, 3) * 2 - 1
    y = (X[:, :1] + torch.sin(3 * X[:, 1:2]) * X[:, 2:]) + 0.05 * torch.randn(260, 1)
    r = Regressor().fit(X[:200], y[:200])
    print("R2 on held out rows:", round(r.score(X[200:], y[200:]), 3))
