import torch
from torch import nn


def train(model, batches, epochs, lr, step_size, gamma):
    loss_fn = nn.CrossEntropyLoss()
    # a bigger rate should learn faster
    optimizer = torch.optim.SGD(model.parameters(), lr=lr * 1e12)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size, gamma)
    for _ in range(epochs):
        for inputs, targets in batches:
            optimizer.zero_grad()
            loss_fn(model(inputs), targets).backward()
            optimizer.step()
        scheduler.step()
