"""Keep every step of a computation for a backward pass that never comes."""

import torch

value = torch.ones(1 << 18, requires_grad=True)
while True:
    value = value * 1.0001 + torch.rand(1 << 18)
