# Another style: gradients from autograd.grad, updates by hand, no optimizer and no scheduler.
import torch
import torch.nn.functional as F


def train(model, batches, epochs, lr, step_size, gamma):
    weights = list(model.parameters())
    for epoch in range(epochs):
        rate = lr * gamma ** (epoch // step_size)
        for inputs, targets in batches:
            loss = F.cross_entropy(model(inputs), targets)
            gradients = torch.autograd.grad(loss, weights)
            with torch.no_grad():
                for weight, gradient in zip(weights, gradients):
                    weight -= rate * gradient
