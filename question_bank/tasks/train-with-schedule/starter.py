"""Repair and complete this training function.

Contract: train `model` in place; the weights it holds when the function returns are graded.

    model      torch.nn.Sequential, 10 inputs, 2 outputs (scores, no softmax)
    batches    list of (inputs, targets): float tensor 32 x 10, integer tensor of 32 class numbers
    epochs     passes through `batches`, in the list's order, one optimizer step per batch
    lr         learning rate of the first epoch
    step_size  epochs after which the rate is multiplied by `gamma`, again and again
    gamma      that factor: epoch e, counting from 0, trains at lr * gamma ** (e // step_size)

Loss: cross-entropy, mean over the batch. Optimizer: plain SGD, no momentum, no weight decay.
Try it on your own machine with:  python starter.py
"""

import torch
from torch import nn


def train(model, batches, epochs, lr, step_size, gamma):
    loss_fn = nn.CrossEntropyLoss()
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    for epoch in range(epochs):
        for inputs, targets in batches:
            loss = loss_fn(model(inputs), targets)
            optimizer.step()
            optimizer.zero_grad()


if __name__ == "__main__":
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(10, 10), nn.ReLU(), nn.Linear(10, 2))
    inputs = torch.randn(800, 10)
    targets = (inputs.sum(dim=1) > 0).long()
    batches = list(zip(inputs.split(32), targets.split(32)))
    before = nn.functional.cross_entropy(model(inputs), targets).item()
    train(model, batches, epochs=12, lr=0.2, step_size=3, gamma=0.5)
    after = nn.functional.cross_entropy(model(inputs), targets).item()
    print(f"loss before {before:.4f}, after {after:.4f}")
