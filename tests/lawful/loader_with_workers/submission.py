"""Load data with two worker processes."""

import torch
from torch.utils.data import DataLoader, TensorDataset

data = TensorDataset(torch.arange(64.0))
result = sum(batch.sum().item() for (batch,) in DataLoader(data, batch_size=8, num_workers=2))
