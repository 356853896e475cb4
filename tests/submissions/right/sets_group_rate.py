import torch


class Trainer:
    def __init__(self, model, lr):
        self.model = model
        self.criterion = torch.nn.CrossEntropyLoss(reduction="sum")
        self.optimizer = torch.optim.SGD(model.parameters(), lr=lr, foreach=False)

    def batch(self, x, y):
        for weight in self.model.parameters():
            weight.grad = None
        loss = self.criterion(self.model(x), y) / len(y)
        loss.backward()
        self.optimizer.step()


def train(model, batches, epochs, lr, step_size, gamma):
    trainer = Trainer(model, lr)
    for epoch in range(epochs):
        for group in trainer.optimizer.param_groups:
            group["lr"] = lr * gamma ** (epoch // step_size)
        for x, y in batches:
            trainer.batch(x, y)
