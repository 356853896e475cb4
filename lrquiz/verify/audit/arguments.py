"""Why a mutated experiment may pass unnoticed: found by comparing what was trained and said.

An argument must not hide a weakness, so there are few, and each is checked in full:

* same evidence: in every trial that decides the item, every value that its claims read is the same
  to the last bit. No verification that looks at evidence could notice, and no key could change.
* true to the words: no text of the item shows the changed setting. Rendered with the mutated value
  all texts are the same, and none of them names the setting or its value, in figures or in words
  (see `lrquiz.verify.audit.showing`). With every claim decided as before, what the words say is
  true of the mutated experiment as well. A dropped call is never argued for in this way: a loop
  that lacks a call is broken, whatever is said of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from lrquiz.bank.arms import listed
from lrquiz.bank.finding import recipe_info
from lrquiz.evidence.bands import LOOKS
from lrquiz.evidence.claims import compares_with_drawn
from lrquiz.evidence.measures import MEASURES
from lrquiz.evidence.predicates import find
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.experiments.mutated_runs import MutatedRuns
from lrquiz.model.item import Variant
from lrquiz.model.trace import Column, Trace
from lrquiz.model.verdict import VerifiedVariant
from lrquiz.verify.audit.item_mutants import names_of
from lrquiz.verify.audit.mutants import ExperimentMutant
from lrquiz.verify.audit.outcomes import Argument
from lrquiz.verify.audit.showing import shown_setting
from lrquiz.verify.deciding import DRAWN_SEED
from lrquiz.verify.measuring import measurements_of
from lrquiz.verify.proving import stated
from lrquiz.verify.rejection import how_often


def argue(
    mutant: ExperimentMutant,
    base: VerifiedVariant,
    verified: VerifiedVariant,
    laboratory: Laboratory,
) -> tuple[Argument | None, str]:
    """Return why a mutant that verified with the same key shows no weakness, and in words.

    The argument is None where nothing argues for it; the words then say what is weak.

    Args:
        mutant: of an experiment.
        base: the item verified on what its arms say.
        verified: the item verified on what the mutant trains.
        laboratory: where trials come from.

    Raises:
        RecipeError: an experiment cannot be run.
        OutputError: the store cannot be written.
    """
    read, variant = _read(base.variant), base.variant
    trials = _compared(mutant, base, laboratory, read)
    if trials:
        values = listed(read)
        return (
            Argument.SAME_EVIDENCE,
            f"all that its claims read, {values}, is the same in each of {trials} trials",
        )
    decided = decided_as(verified)
    if mutant.changed is None:
        return None, f"the loop is broken, yet every premise and option is decided alike: {decided}"
    shown = shown_setting(mutant, mutant.changed, variant)
    if shown:
        return None, f"its texts show {shown}, yet all is decided as before: {decided}"
    setting = ".".join(mutant.changed)
    return (
        Argument.TRUE_TO_THE_WORDS,
        f"no text shows {setting}, and every premise and option is decided as before: {decided}",
    )


def decided_as(verified: VerifiedVariant) -> str:
    """Return how every premise and option was decided, with k of n."""
    decisions = (*verified.premises, *verified.options)
    return "; ".join(
        f"{name} {each.verdict}, {each.claim.predicate} {how_often(each)}"
        for name, each in zip(names_of(verified.variant), decisions, strict=True)
    )


def _read(variant: Variant) -> list[str]:
    """Return what the item's claims and measurements read of a trace."""
    read = {each for claim in stated(variant) for each in find(claim.predicate).needs}
    return sorted(read.union(*(MEASURES[each.measure].needs for each in measurements_of(variant))))


def _compared(
    mutant: ExperimentMutant, base: VerifiedVariant, laboratory: Laboratory, read: Sequence[str]
) -> int:
    """Return how many trials show the same with and without the mutation; 0 if any does not."""
    experiment, trials = base.variant.experiment, 0
    mutated = MutatedRuns(laboratory, mutant.arms, mutant.without)
    for seeds in _looked_at(base):
        real, other = laboratory.trials(experiment, seeds), mutated.trials(experiment, seeds)
        pairs = [pair for arm in real for pair in zip(real[arm], other[arm], strict=True)]
        if not all(_is_same(*pair, name) for pair in pairs for name in read):
            return 0
        trials += len(pairs)
    return trials


def _looked_at(base: VerifiedVariant) -> Iterator[range]:
    """Yield the seeds that the item's verdicts rest on, look by look."""
    if recipe_info(base.variant.experiment.recipe).deterministic:
        yield range(2)
        return
    most = max((each.trials for each in (*base.premises, *base.options)), default=0)
    yield from (range(*each) for each in pairwise((0, *LOOKS)) if each[1] <= most)
    if any(map(compares_with_drawn, stated(base.variant))):
        yield range(DRAWN_SEED, DRAWN_SEED + 1)


def _is_same(one: Trace, other: Trace, name: str) -> bool:
    """Say whether two traces hold the same under one name of what is recorded."""
    if (one.stopped, name in one.recorded) != (other.stopped, name in other.recorded):
        return False
    group, _, column = name.partition(".")
    if not column:
        return tuple(one.events) == tuple(other.events)
    columns = [each.epochs if group == "epoch" else each.steps for each in (one, other)]
    first, second = (each.get(column, ()) for each in columns)
    return _bits(first) == _bits(second)


def _bits(column: Column) -> list[str]:
    """Return numbers as text: NaN equals itself there, and nothing else is equal that is not."""
    return [float(each).hex() for each in column]
