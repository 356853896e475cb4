"""Draw random numbers with seeds, and step a scheduler."""

import random

import numpy as np
import torch

torch.manual_seed(0)
random.seed(0)
generator = torch.Generator().manual_seed(1)
first = torch.randperm(5, generator=generator).tolist()
again = torch.randperm(5, generator=generator.manual_seed(1)).tolist()
optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.5)
optimizer.step()
scheduler.step()
result = [first == again, scheduler.get_last_lr(), np.random.default_rng(0).integers(10).item()]
