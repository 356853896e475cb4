"""Let autograd say where a NaN came from."""

import torch

value = torch.zeros(1, requires_grad=True)
try:
    with torch.autograd.detect_anomaly(check_nan=True):
        (torch.sqrt(value) * 0).sum().backward()
except RuntimeError as error:
    result = "nan" in str(error)
