"""Predicates over what training is given: the call that makes the optimizer, model and data."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

from lrquiz.evidence.predicates.predicate import predicate
from lrquiz.model.trace import Trace

_TOLERANCE = 1e-9  # 10**-2 is 0.01 up to rounding


def _error(parameters: Mapping[str, Any]) -> str:
    return rf"\b{re.escape(str(parameters['error']))}\b"


@predicate(
    _error,
    "epoch.rate_given",
    sentence="With {arm} the call [raises|may raise] a {error}",
)
def call_raises(arm: Trace, error: str) -> bool:
    """The call that makes the optimizer raises `error`, and no exception of another name.

    A call that succeeds with whatever rate, NaN included: false.
    """
    arm.epoch("rate_given")
    return arm.stopped is not None and arm.stopped.partition(":")[0] == error


@predicate(
    r"\b(lr|rate)\b",
    "epoch.rate_given",
    sentence="With {arm} the optimizer's rate [is|may be] {rate}",
)
def rate_given_is(arm: Trace, rate: float) -> bool:
    """The call that makes the optimizer gives it the rate `rate`, up to rounding.

    A call that raises gives none: false. NaN is no rate; infinity is not `rate`.
    """
    given = arm.epoch("rate_given")
    if arm.stopped is not None or not given:
        return False
    return math.isclose(given[0], rate, rel_tol=_TOLERANCE)


@predicate(
    r"\b(weights|parameters|model size|larger model|bigger)",
    "epoch.parameters",
    sentence="With {arm} the model [has|may have] more weights than with {than}",
)
def has_more_parameters_than(arm: Trace, than: Trace) -> bool:
    """The model of `arm` has more weights and biases than that of `than`.

    Where either ran no epoch: false.
    """
    mine, other = arm.epoch("parameters"), than.epoch("parameters")
    return bool(mine and other) and mine[0] > other[0]


@predicate(
    r"\b(inputs?|data)\b",
    "epoch.input_norm",
    sentence="With {arm} the inputs [are|may be] larger than with {than}",
)
def inputs_are_larger_than(arm: Trace, than: Trace) -> bool:
    """The training inputs of `arm`, as one vector, are longer than those of `than`.

    NaN on either side, or no epoch: false.
    """
    mine, other = arm.epoch("input_norm"), than.epoch("input_norm")
    return bool(mine and other) and mine[0] > other[0]
