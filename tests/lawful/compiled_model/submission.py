"""Compile a model: it runs as it is written, without a compiler, and gives the same values."""

import torch

model = torch.nn.Linear(2, 1)
compiled = torch.compile(model)
values = torch.ones(3, 2)
result = torch.equal(model(values), compiled(values))
