"""Map, differentiate and call functionally."""

import torch
from torch.func import functional_call, grad, jacrev, vmap

model = torch.nn.Linear(2, 1)
weights = dict(model.named_parameters())


def loss(weights, row):
    return functional_call(model, weights, (row,)).square().sum()


rows = torch.ones(3, 2)
each = vmap(grad(loss), in_dims=(None, 0))(weights, rows)
result = [list(each["weight"].shape), list(jacrev(torch.sin)(torch.ones(2)).shape)]
