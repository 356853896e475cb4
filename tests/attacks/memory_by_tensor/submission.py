"""Ask for a tensor of a tebibyte."""

import torch

torch.empty(1 << 40)
