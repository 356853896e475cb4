"""Code with a blank: run as it then stands, recorded, and leaving nothing behind."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn
from torch.nn.functional import cross_entropy

from lrquiz.bank.blanks import BACKWARD, GAMMA, RATE, filled
from lrquiz.errors import RecipeError
from lrquiz.experiments.recipes.classification_data import make_split
from lrquiz.experiments.recipes.filled import run_filled


def test_filled_code_is_plain_pytorch() -> None:
    """The recorded losses and rates are those of the same loop, written by hand."""
    data = make_split(3)
    torch.manual_seed(3)
    model = nn.Sequential(nn.Linear(10, 10), nn.ReLU(), nn.Linear(10, 2))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
    losses = []
    for _ in range(3):
        total = 0.0
        for first in range(0, 320, 32):
            rows = slice(first, first + 32)
            loss = cross_entropy(model(data.inputs[rows]), data.targets[rows].long())
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        losses.append(total / 10)
    trace = run_filled(RATE, "0.05", 3, 3)
    assert trace.epoch("loss") == pytest.approx(losses, rel=1e-6)
    assert trace.epoch("lr") == (0.05,) * 3
    assert trace.epoch("lr_after") == (0.05,) * 2
    assert trace.stopped is None


def test_the_rate_is_that_of_each_epoch() -> None:
    """A scheduler's step shows in the next epoch; the last epoch has none after it."""
    trace = run_filled(GAMMA, "1/2", 0, 7)
    assert trace.epoch("lr") == pytest.approx([0.1] * 5 + [0.05] * 2)
    assert trace.epoch("lr_after") == pytest.approx([0.1] * 4 + [0.05] * 2)


@pytest.mark.parametrize(
    ("code", "response", "stopped"),
    [
        (RATE, '"0.01"', "TypeError: '<' not supported between instances of"),
        (RATE, "learning_rate", "NameError: name 'learning_rate' is not defined"),
        (RATE, "-1", "ValueError: Invalid learning rate: -1"),
        (RATE, "1/0", "ZeroDivisionError: division by zero"),
        (RATE, "0.01 # a comment", "SyntaxError: '(' was never closed"),
        (BACKWARD, "optimizer.backward()", "AttributeError: 'SGD' object has no attribute"),
    ],
)
def test_an_exception_is_evidence(code: str, response: str, stopped: str) -> None:
    """What PyTorch or Python raise is kept, with NaN for what no epoch came to do."""
    trace = run_filled(code, response, 0, 2)
    assert (trace.stopped or "").startswith(stopped)
    assert all(map(math.isnan, (*trace.epoch("lr"), *trace.epoch("lr_after"))))


@pytest.mark.parametrize("response", ["loss.item()", "optimizer.step()", "loss.backward", "None"])
def test_without_gradients_no_weight_moves(response: str) -> None:
    """A call that computes no gradient trains nothing, and raises nothing."""
    trace = run_filled(BACKWARD, response, 1, 2)
    assert trace.stopped is None
    assert trace.epoch("weight_change") == (0.0,)
    assert len(set(trace.epoch("loss"))) == 1


@pytest.mark.parametrize("response", ["exit()", "1000**-(-(1000**1000))", "loss.__class__", ""])
def test_nothing_else_is_run(response: str) -> None:
    """What may do harm is refused before anything is trained, wherever the arm came from."""
    with pytest.raises(RecipeError, match="is not run outside of a box"):
        run_filled(BACKWARD, response, 0, 2)


def test_torch_is_left_as_it_was() -> None:
    """Whatever a response does, the next training is the same, and no watch stays behind."""
    watched = (
        (torch.Tensor, "backward"),
        (torch.optim.Optimizer, "zero_grad"),
        (torch.optim.lr_scheduler.StepLR, "__init__"),
        (nn.functional, "cross_entropy"),
    )
    before = [getattr(owner, name) for owner, name in watched]
    first = run_filled(BACKWARD, "loss.backward()", 5, 2)
    for response in ("optimizer.backward()", "model.eval()", "loss.detach()", "loss.mean()"):
        run_filled(BACKWARD, response, 5, 2)
    assert [getattr(owner, name) for owner, name in watched] == before
    assert run_filled(BACKWARD, "loss.backward()", 5, 2) == first
    assert run_filled(BACKWARD, "loss.backward()", 6, 2) != first


def test_a_response_takes_the_place_of_the_blank() -> None:
    """The code that is run is the text that is shown, with nothing else changed."""
    assert filled("lr=___)", "1e-2") == "lr=1e-2)"
    assert "___" not in filled(GAMMA, "0.5")
