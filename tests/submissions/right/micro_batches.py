# Gradient accumulation over two halves of each batch, divided: the same step.
import torch
import torch.nn.functional as F


def train(model, batches, epochs, lr, step_size, gamma):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size, gamma)
    for _ in range(epochs):
        for x, y in batches:
            optimizer.zero_grad()
            for x_half, y_half in zip(x.chunk(2), y.chunk(2)):
                (F.cross_entropy(model(x_half), y_half) * len(y_half) / len(y)).backward()
            optimizer.step()
        scheduler.step()
