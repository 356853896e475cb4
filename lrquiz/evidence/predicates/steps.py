"""Predicates over single optimizer steps: how long they are, and which way they go.

`epoch.step` and `epoch.gradient` are those of an epoch's first step: lengths, or numbers with their
sign where there is one weight. `epoch.step_first` and the like are those of one layer.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from lrquiz.evidence.predicates.predicate import predicate
from lrquiz.model.trace import Column, Trace

_TOLERANCE = 0.01  # a step is the difference of two float32 weights, so not exact

_WORDS_OF_FACTORS = {
    0.1: r"\btenth\b",
    0.5: r"\bhalf\b|\bhalve",
    1.0: r"\bsame\b|\bunchanged\b|as (long|large) as",
    2.0: r"\btwice\b|\bdouble",
    10.0: r"\bten times\b",
}


def _factor_in_words(parameters: Mapping[str, Any]) -> str:
    factor = float(parameters["factor"])
    number = rf"(?<![\d.]){re.escape(f'{factor:g}')}(?!\w|\.\d)"
    return "|".join(filter(None, [_WORDS_OF_FACTORS.get(factor), number]))


@predicate(
    _factor_in_words,
    "epoch.step",
    sentence="With {arm} the first step [is|may be] {factor} times as long as with {than}",
)
def step_is_multiple_of(arm: Trace, than: Trace, factor: float) -> bool:
    """The first step of `arm` is `factor` times as long as that of `than`, up to 1 %.

    NaN, infinity, or no epoch: false. Two lengths of 0 are the same, and no other multiple.
    """
    return _is_multiple(_first(arm.epoch("step")), _first(than.epoch("step")), factor)


@predicate(
    _factor_in_words,
    "epoch.gradient",
    sentence=(
        "With {arm} the gradient of the first step [is|may be] {factor} times as long as with "
        "{than}"
    ),
)
def gradient_is_multiple_of(arm: Trace, than: Trace, factor: float) -> bool:
    """The gradient of the first step of `arm` is `factor` times that of `than`, up to 1 %.

    NaN, infinity, or no epoch: false. Two lengths of 0 are the same, and no other multiple.
    """
    return _is_multiple(_first(arm.epoch("gradient")), _first(than.epoch("gradient")), factor)


@predicate(
    _factor_in_words,
    *(f"epoch.{what}_{layer}" for what in ("step", "gradient") for layer in ("first", "last")),
    sentence=(
        "With {arm} the first layer [moves|may move] {factor} times as far as the last layer for "
        "a gradient of the same length"
    ),
)
def first_layer_moves_more(arm: Trace, factor: float) -> bool:
    """Per unit of gradient, the first layer moves `factor` times as far as the last layer.

    Looked at is the very first step; "as far" is up to 1 %. NaN, infinity, a gradient of zero, or
    no epoch: false.
    """
    first, last = (_per_gradient(arm, layer) for layer in ("first", "last"))
    return _is_multiple(first, last, factor)


@predicate(
    r"\b(alternat|oscillat|sides?\b|back and forth|across|over ?shoot|jump)",
    "epoch.weight",
    sentence="With {arm} the weight [changes|may change] sides: its sign alternates at each step",
)
def iterate_alternates(arm: Trace) -> bool:
    """The weight alternates: after each step it has the other sign than before.

    NaN, a weight of exactly zero, or fewer than two epochs: false; infinity has a sign. A run that
    stopped early is judged by the epochs it finished.
    """
    weights = arm.epoch("weight")
    signs = [(each > 0) - (each < 0) for each in weights]
    return len(weights) > 1 and all(one * other == -1 for one, other in pairwise(signs))


@predicate(
    r"\b(scatter|random|wander|spread|jitter)",
    "epoch.weight",
    sentence="With {arm} the weight [wanders|may wander] more widely at the end than with {than}",
)
def wanders_more_than(arm: Trace, than: Trace) -> bool:
    """Over the last quarter of the epochs, the weight of `arm` wanders more than that of `than`.

    That is, its largest and its smallest value lie further apart. A weight that is not finite
    wanders more than any finite one and not more than another such. No epoch: false.
    """
    mine, other = _width(arm.epoch("weight")), _width(than.epoch("weight"))
    return mine > other


def _first(column: Column) -> float:
    return abs(column[0]) if column else math.nan


def _per_gradient(trace: Trace, layer: str) -> float:
    gradient = _first(trace.epoch(f"gradient_{layer}"))
    return _first(trace.epoch(f"step_{layer}")) / gradient if gradient else math.nan


def _is_multiple(one: float, other: float, factor: float) -> bool:
    if not (math.isfinite(one) and math.isfinite(other)):
        return False
    if other == 0:  # a loop that moves nothing must not pass for one that moves ten times as far
        return one == 0 and factor == 1
    return math.isclose(one, factor * other, rel_tol=_TOLERANCE)


def _width(weights: Column) -> float:
    late = weights[len(weights) - max(len(weights) // 4, 1) :] if weights else (0.0,)
    return max(late) - min(late) if all(map(math.isfinite, late)) else math.inf
