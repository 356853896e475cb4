"""Help with a rejection: where, near its settings, the item would hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lrquiz.bank.variants import neighbour_of
from lrquiz.evidence.bands import LOOKS
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.model.item import Variant
from lrquiz.model.verdict import RejectionCode, VerifiedVariant
from lrquiz.verify.verification import verify_variant

FACTORS = (0.1, 0.5, 2.0, 10.0)
"""how far each number of an arm is moved, one at a time"""

_HELPED = (
    RejectionCode.PREMISE_FAILED,
    RejectionCode.NO_KEY,
    RejectionCode.TWO_KEYS,
    RejectionCode.UNDECIDED,
)
"""rejections that other settings may mend; the others are mended in the text"""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The item with one setting moved, looked at on the first look's seeds."""

    path: str
    value: float
    verified: VerifiedVariant


def neighbours_of(rejected: VerifiedVariant, laboratory: Laboratory) -> tuple[Neighbour, ...]:
    """Return the neighbours of a rejected variant; none where settings cannot help.

    Raises:
        RecipeError: an experiment cannot be run.
    """
    if rejected.rejection is None or rejected.rejection.code not in _HELPED:
        return ()
    return tuple(
        Neighbour(path, value, verify_variant(near, laboratory, LOOKS[:1]))
        for path, value, near in _moved(rejected.variant)
    )


def where_it_holds(neighbours: Sequence[Neighbour]) -> str:
    """Return where the item would hold, in a sentence; empty without neighbours."""
    if not neighbours:
        return ""
    holding = [f"{each.path} = {each.value:g}" for each in neighbours if each.verified.holds]
    tried = ", ".join(f"{each.path} = {each.value:g}" for each in neighbours)
    if not holding:
        return f"it would hold at none of these either: {tried}"
    return f"with one setting changed it would hold at {', or at '.join(holding)}"


def _moved(variant: Variant) -> Iterator[tuple[str, float, Variant]]:
    for arm, settings in variant.experiment.arms.items():
        for field, value in settings.items():
            if isinstance(value, float) and value > 0:
                for factor in FACTORS:
                    path, moved = f"arms.{arm}.{field}", float(f"{factor * value:.6g}")
                    yield path, moved, neighbour_of(variant, path, moved)
