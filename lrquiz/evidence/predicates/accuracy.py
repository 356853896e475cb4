"""Predicates over the accuracy on held-out rows, one value in 0..1 per epoch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lrquiz.evidence.predicates.predicate import predicate
from lrquiz.model.trace import Trace


def _reaches(parameters: Mapping[str, Any]) -> str:
    when = "in the first epoch" if parameters["within"] == 1 else "within {within} epochs"
    return f"With {{arm}} accuracy on new rows [reaches|may reach] {{value}} {when}"


@predicate(r"accura", "epoch.accuracy", sentence=_reaches)
def accuracy_reaches(arm: Trace, value: float, within: int) -> bool:
    """Accuracy on held-out rows reaches `value` (1 is all of them) by epoch `within`.

    NaN reaches nothing. A run that stopped early is judged by the epochs it finished.
    """
    return any(accuracy >= value for accuracy in arm.epoch("accuracy")[:within])


@predicate(
    r"accura",
    "epoch.accuracy",
    sentence="With {arm} accuracy on new rows [ends|may end] higher than with {than}",
)
def accuracy_ends_higher_than(arm: Trace, than: Trace) -> bool:
    """After the last epoch, `arm` is more accurate on held-out rows than `than`.

    NaN, or no epoch, on either side: false. A run that stopped early ends where it stopped.
    """
    mine, other = arm.epoch("accuracy"), than.epoch("accuracy")
    return bool(mine and other) and mine[-1] > other[-1]
