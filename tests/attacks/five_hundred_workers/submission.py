"""Load data with five hundred worker processes."""

import torch
from torch.utils.data import DataLoader, TensorDataset

loader = DataLoader(TensorDataset(torch.ones(1000)), num_workers=500)
result = sum(len(batch) for batch in loader)
