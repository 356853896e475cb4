"""Train a model with a hundred megabytes of weights."""

import torch

model = torch.nn.Linear(5120, 5120, bias=False)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
model(torch.ones(1, 5120)).sum().backward()
optimizer.step()
result = model.weight.nbytes
