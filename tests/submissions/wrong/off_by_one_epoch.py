import torch
import torch.nn.functional as F


def train(model, batches, epochs, lr, step_size, gamma):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for epoch in range(1, epochs + 1):
        optimizer.param_groups[0]["lr"] = lr * gamma ** (epoch // step_size)
        for x, y in batches:
            optimizer.zero_grad()
            F.cross_entropy(model(x), y).backward()
            optimizer.step()
