# A schedule over steps, not epochs, that gives the same rates: lawful, although stepped per batch.
import torch
import torch.nn.functional as F


def train(model, batches, epochs, lr, step_size, gamma):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    per_epoch = len(batches)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: gamma ** (step // per_epoch // step_size)
    )
    for _ in range(epochs):
        for x, y in batches:
            F.cross_entropy(model(x), y).backward()
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=False)
