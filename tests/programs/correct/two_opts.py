import torch
from torch import nn

torch.manual_seed(64)
TAGS = 10


def make(n):
    bag = torch.randint(0, 30, (n, 5))
    score = (bag % 3 == 0).sum(1) - (bag % 5 == 0).sum(1)
    return bag, (score > 0).float()


class Bag(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.EmbeddingBag(30, TAGS, mode="sum")
        self.head = nn.Sequential(nn.Linear(TAGS, 16), nn.ReLU(), nn.Linear(16, 1))

    def forward(self, b):
        return self.head(self.words(b)).squeeze(1)


class Trainer:
    def __init__(self, model):
        self.model = model
        self.opts = [
            torch.optim.Adagrad(model.words.parameters(), lr=0.15),
            torch.optim.AdamW(model.head.parameters(), lr=4e-3),
        ]
        self.sched = torch.optim.lr_scheduler.ExponentialLR(self.opts[1], gamma=0.95)
        self.loss = nn.BCEWithLogitsLoss()

    def fit(self, x, y, epochs, size=40):
        for e in range(epochs):
            total, n = 0.0, 0
            for i in torch.randperm(len(x)).split(size):
                for o in self.opts:
                    o.zero_grad()
                l = self.loss(self.model(x[i]), y[i])
                l.backward()
                for o in self.opts:
                    o.step()
                total, n = total + l.item(), n + 1
            self.sched.step()
            if e % 4 == 3:
                print("epoch", e + 1, "loss", round(total / n, 4))

    def score(self, x, y):
        with torch.no_grad():
            return ((self.model(x) > 0).float() == y).float().mean().item()


tr = Trainer(Bag())
tr.fit(*make(800), epochs=20)
print("test accuracy", round(tr.score(*make(400)), 3))
