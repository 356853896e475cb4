"""Code with a blank, for fill-in items: what recipes train, what stems show, what boxes run.

Each defines `train(model, batches, epochs)`, which trains a classifier in place. A response takes
the place of the blank, as text.
"""

from __future__ import annotations

from lrquiz.bank.expressions import ALLOWED, safe_expression

BLANK = "___"

LONGEST_RESPONSE = 200
"""characters of a response to a fill-in item"""

LAYERS, ROWS, BATCH_SIZE = (10, 10, 2), 320, 32
"""widths of the classifier that such code trains, and on how many rows, in batches of how many"""

_TRAINING = """\
import torch
from torch.nn.functional import cross_entropy

def train(model, batches, epochs):
    optimizer = torch.optim.SGD(model.parameters(), lr={lr}){scheduler}
    for epoch in range(epochs):
        for inputs, targets in batches:
            optimizer.zero_grad()
            loss = cross_entropy(model(inputs), targets)
            {backward}
            optimizer.step(){after_epoch}
"""


def _training(
    lr: str = "0.1",
    backward: str = "loss.backward()",
    scheduler: str = "",
    after_epoch: str = "",
) -> str:
    return _TRAINING.format(
        lr=lr,
        backward=backward,
        scheduler=scheduler and f"\n    scheduler = {scheduler}",
        after_epoch=after_epoch and f"\n        {after_epoch}",
    )


RATE = _training(lr=BLANK)
BACKWARD = _training(backward=BLANK)
GAMMA = _training(
    scheduler=f"torch.optim.lr_scheduler.StepLR(optimizer, step_size=5, gamma={BLANK})",
    after_epoch="scheduler.step()",
)


_METHODS = ("backward", "detach", "eval", "item", "mean", "step", "sum", "train", "zero_grad")


def response_fault(response: str) -> str:
    """Return why a response of an item file is not run, as one sentence; empty where it is."""
    if safe_expression(response, LONGEST_RESPONSE, _METHODS) is not None:
        return ""
    return (
        f"the response {response!r} is not run outside of a box; write {ALLOWED}, or the call "
        f"of {', '.join(_METHODS)} without arguments"
    )


def filled(code: str, response: str) -> str:
    """Return the code with a response in the place of its blank."""
    return code.replace(BLANK, response)
