"""Go between numpy and torch, sharing memory."""

import numpy as np
import torch

array = np.arange(6, dtype=np.float32).reshape(2, 3)
tensor = torch.from_numpy(array)
tensor += 1
inverse = np.linalg.inv(np.eye(3) * 2)
result = [array.sum().item(), tensor.numpy().T.shape[0], np.trace(inverse).item(), float(np.random.default_rng(0).normal(size=9).size)]
