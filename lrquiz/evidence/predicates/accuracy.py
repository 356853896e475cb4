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
