"""What was decided about one item of a quiz, in one value.

Whatever the order of decisions: an item that is voided stays voided, everything that was accepted
stays accepted, and of several numbers of points the last one counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lrquiz.model.decision import ANY_RESPONSE, Decision, DecisionKind


@dataclass(frozen=True, slots=True)
class Ruling:
    """All decisions about one item."""

    is_void: bool = False
    accepted: frozenset[str] = frozenset()
    """options by id, or texts"""
    points: float | None = None
    """what it is worth; None where that was not decided"""

    @property
    def accepts_any(self) -> bool:
        """Whether any response that was given is right."""
        return ANY_RESPONSE in self.accepted


AS_WRITTEN = Ruling()
"""what holds of an item about which nothing was decided"""


def rulings(decisions: Iterable[Decision]) -> dict[str, Ruling]:
    """Return what was decided about items, by item."""
    found: dict[str, Ruling] = {}
    for each in decisions:
        found[each.part] = _with(found.get(each.part, AS_WRITTEN), each)
    return found


def _with(ruling: Ruling, decision: Decision) -> Ruling:
    match decision.kind:
        case DecisionKind.VOID:
            return replace(ruling, is_void=True)
        case DecisionKind.ACCEPT:
            return replace(ruling, accepted=ruling.accepted | {decision.option})
        case DecisionKind.POINTS:
            return replace(ruling, points=decision.points)
        case DecisionKind.RUBRIC:
            return ruling  # a quiz has none
