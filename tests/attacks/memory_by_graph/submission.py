"""Keep every step of a computation for a backward pass that never comes."""

import torch

value = torch.ones(1 << 20, requires_grad=True)
while True:
    value = (value * value).sin()
