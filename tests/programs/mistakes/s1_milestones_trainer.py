import torch
from torch import nn
from torch.optim.lr_scheduler import MultiStepLR


class Trainer:
    def __init__(self, model, lr, milestones):
        self.model = model
        self.opt = torch.optim.SGD(model.parameters(), lr=lr, momentum=0.9)
        self.sched = MultiStepLR(self.opt, milestones=milestones, gamma=0.1)
        self.loss_fn = nn.CrossEntropyLoss()

    def train_step(self, x, y):
        self.opt.zero_grad()
        loss = self.loss_fn(self.model(x), y)
        loss.backward()
        self.opt.step()
        self.sched.step()
        return loss.item()

    def train(self, data, epochs):
        for e in range(epochs):
            losses = [self.train_step(x, y) for x, y in data()]
            print(f"epoch {e}: {sum(losses) / len(losses):.4f}")


if __name__ == "__main__":
    torch.manual_seed(32)
    x = torch.randn(512, 12)
    y = (x[:, :4].argmax(1) + (x[:, 5] > 0).long()) % 4
    t = Trainer(nn.Sequential(nn.Linear(12, 64), nn.ReLU(), nn.Linear(64, 4)), 0.05, [4, 8, 10])
    t.train(lambda: ((x[i], y[i]) for i in torch.randperm(512).split(32)), 12)
