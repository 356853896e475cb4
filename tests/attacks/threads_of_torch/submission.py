"""Have torch compute with ten thousand threads."""

import torch

torch.set_num_threads(10_000)
result = (torch.ones(2000, 2000) @ torch.ones(2000, 2000)).sum().item()
