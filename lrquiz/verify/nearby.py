"""Help with a rejection: where, near its settings, the item would hold."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lrquiz.bank.arms import listed
from lrquiz.bank.finding import recipe_info
from lrquiz.bank.variants import neighbour_of
from lrquiz.errors import ContradictionError, DisagreementError, RecipeError
from lrquiz.evidence.bands import LOOKS
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.model.item import Variant
from lrquiz.model.verdict import Decision, RejectionCode, VerifiedVariant
from lrquiz.verify.proofs import ProofStore
from lrquiz.verify.rejection import how_often
from lrquiz.verify.rejection_brief import telling_of
from lrquiz.verify.verification import verify_variant

FACTORS = (0.1, 0.5, 2.0, 10.0)
"""how far each number of an arm is moved, one at a time"""
WHOLE_FACTORS = (0.5, 2.0)
"""how far a whole number is moved: a width or a step size ten times as large is another item"""
_MOST = 16
"""neighbours that are tried; with more numbers than that allows, each is moved less often"""

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

    @property
    def decision(self) -> Decision | None:
        """The decision to tell with its k of n: of the key where it holds, else why not."""
        return telling_of(self.verified)[1]


def neighbours_of(
    rejected: VerifiedVariant, laboratory: Laboratory, proofs: ProofStore | None = None
) -> tuple[Neighbour, ...]:
    """Return the neighbours of a rejected variant; none where settings cannot help.

    Raises:
        DisagreementError: the two engines tell different things of a trial.
        ContradictionError: a run is not of what its arm says.
    """
    if rejected.rejection is None or rejected.rejection.code not in _HELPED:
        return ()
    found = []
    for path, value, near in _moved(rejected.variant):
        try:
            verified = verify_variant(near, laboratory, LOOKS[:1], proofs)
        except (DisagreementError, ContradictionError):
            raise
        except RecipeError:  # a value that the recipe or torch refuses is no place to go
            continue
        found.append(Neighbour(path, value, verified))
    return tuple(found)


def _moved(variant: Variant) -> Iterator[tuple[str, float, Variant]]:
    """Yield each neighbour: one number of one arm moved, as far as the recipe takes it."""
    info = recipe_info(variant.experiment.recipe)
    arms = variant.experiment.arms
    numbers = [
        (arm, field, value)
        for arm, settings in arms.items()
        for field, value in info.complete(settings).items()
        if field in settings and isinstance(value, int | float) and value > 0
    ]
    factors = FACTORS if len(numbers) * len(FACTORS) <= _MOST else (FACTORS[0], FACTORS[-1])
    moves = (
        (path := f"arms.{arm}.{field}", moved, neighbour_of(variant, path, moved))
        for arm, field, value in numbers
        for moved in _beside(value, factors)
        if not any(info.faults({**arms[arm], field: moved}))
    )
    yield from itertools.islice(moves, _MOST)


def _beside(value: float, factors: Sequence[float]) -> list[float]:
    """Return the values that a number is moved to; whole numbers stay whole."""
    if isinstance(value, int):
        moved = [round(factor * value) for factor in WHOLE_FACTORS]
        return [each for each in moved if each not in (0, value)]
    return [float(f"{factor * value:.6g}") for factor in factors]


def where_it_holds(neighbours: Sequence[Neighbour]) -> tuple[str, ...]:
    """Return where the item would hold and why not elsewhere, with k of n, a line for each."""
    if not neighbours:
        return ()
    holding: dict[str, list[Neighbour]] = {}
    for each in neighbours:
        if each.verified.holds:
            holding.setdefault(each.path, []).append(each)
    heads = [_holding(path, group) for path, group in holding.items()]
    return (
        *(heads or ["with one setting changed it would hold at none of these either:"]),
        *(_failing(each) for each in neighbours if not each.verified.holds),
    )


def _holding(path: str, group: Sequence[Neighbour]) -> str:
    values = listed([f"{each.value:g}" for each in group])
    decisions = [each.decision for each in group if each.decision is not None]
    head = f"it would hold at {path} = {values}: there every premise and option is decided"
    if not decisions or any(each.trials == 1 for each in decisions):
        return head
    counts = listed(list(dict.fromkeys(f"{each.held}" for each in decisions)))
    return f"{head}, and the key held in {counts} of {decisions[0].trials} seeds"


def _failing(neighbour: Neighbour) -> str:
    words, decision = telling_of(neighbour.verified)
    figures = f" {how_often(decision)}" if decision else ""
    return f"at {neighbour.path} = {neighbour.value:g} {words}{figures}"
