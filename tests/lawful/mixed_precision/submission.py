"""Train in bfloat16 where autocast says so."""

import torch

model = torch.nn.Linear(4, 4)
with torch.autocast("cpu", dtype=torch.bfloat16):
    output = model(torch.ones(2, 4))
output.float().sum().backward()
result = [str(output.dtype), bool(torch.isfinite(model.weight.grad).all())]
