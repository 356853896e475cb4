"""Run a variant's experiment until every claim is decided, and count how often each holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lrquiz.bank.finding import recipe_info
from lrquiz.evidence.bands import LOOKS, cannot_be_supported, is_final
from lrquiz.evidence.claims import NOTHING_DRAWN, readings
from lrquiz.experiments.laboratory import TrialSource, torch_version
from lrquiz.model.item import NO_EXPERIMENT, Claim, Variant
from lrquiz.model.proof import Count, OrderGroup, Proof
from lrquiz.model.trace import Trace
from lrquiz.model.verdict import Decision
from lrquiz.verify.curves import lines_of, quantity_drawn
from lrquiz.verify.deciding import (
    Runs,
    decide_further,
    drawn_trials,
    held_by_seed,
    run_repeated,
    runs_by_look,
    times_held,
)
from lrquiz.verify.inputs import inputs_of
from lrquiz.verify.measuring import measured
from lrquiz.verify.ordering import every_order


def prove(variant: Variant, laboratory: TrialSource, looks: Sequence[int] = LOOKS) -> Proof:
    """Train the variant's arms and return what they show.

    Raises:
        RecipeError: its experiment cannot be run.
    """
    claims = stated(variant)
    if variant.experiment == NO_EXPERIMENT:
        return Proof(inputs_of(variant, looks), (), (), "loss", {}, torch_version())
    drawn = drawn_trials(variant.experiment, claims, laboratory)
    if recipe_info(variant.experiment.recipe).deterministic:
        runs, figures = _facts(variant, laboratory, drawn)
    else:
        runs, figures = _rates(variant, laboratory, looks, drawn)
    counts = tuple(
        Count(held, trials, is_ambiguous(claim, runs, drawn))
        for claim, (held, trials) in zip(claims, figures, strict=True)
    )
    quantity = quantity_drawn(variant)
    return Proof(
        inputs=inputs_of(variant, looks),
        premises=counts[: len(variant.premises)],
        options=counts[len(variant.premises) :],
        quantity=quantity,
        lines=lines_of(_drawn_first(runs, drawn), quantity),
        torch_version=torch_version(),
        measured=measured(variant, runs),
        orders=_orders(variant, runs, laboratory),
    )


def _orders(variant: Variant, runs: Runs, laboratory: TrialSource) -> tuple[OrderGroup, ...]:
    """Return what every order did, for an item that asks for one."""
    if variant.order is None:
        return ()
    return every_order(variant, runs[variant.order.reference][0], laboratory)


def stated(variant: Variant) -> list[Claim]:
    """Return the claims of premises, then of options, as the file states them."""
    claims = [premise.claim for premise in variant.premises]
    return claims + [option.claim for option in variant.options]


def counted(claim: Claim) -> Claim:
    """Return the claim that is counted: of an open clock, its first reading."""
    return readings(claim)[0]


def _drawn_first(runs: Runs, drawn: Mapping[str, Trace]) -> Runs:
    """Return the runs with the trials that claims compare with in front of them."""
    return {arm: (drawn[arm], *traces) if drawn else traces for arm, traces in runs.items()}


def _facts(
    variant: Variant, laboratory: TrialSource, drawn: Mapping[str, Trace]
) -> tuple[Runs, list[tuple[int, int]]]:
    runs = run_repeated(variant.experiment, laboratory, variant.item.path)
    return runs, [(times_held(counted(claim), runs, drawn), 1) for claim in stated(variant)]


def _rates(
    variant: Variant, laboratory: TrialSource, looks: Sequence[int], drawn: Mapping[str, Trace]
) -> tuple[Runs, list[tuple[int, int]]]:
    """Count claims look by look; the first decision on a claim stands."""
    claims = [counted(claim) for claim in stated(variant)]
    runs: Runs = {}
    decisions: dict[int, Decision] = {}
    for look, runs in runs_by_look(variant.experiment, laboratory, looks):
        decide_further(decisions, claims, runs, look, drawn)
        if _is_settled(list(decisions.values()), len(variant.premises)):
            break
    return runs, [(decisions[index].held, decisions[index].trials) for index in range(len(claims))]


def _is_settled(decisions: Sequence[Decision], premises: int) -> bool:
    """Say whether more seeds are pointless: all is decided, or a premise can no longer hold."""
    return any(map(cannot_be_supported, decisions[:premises])) or all(map(is_final, decisions))


def is_ambiguous(claim: Claim, runs: Runs, drawn: Mapping[str, Trace] = NOTHING_DRAWN) -> bool:
    """Say whether the clocks that `claim` leaves open disagree about it in any seed."""
    return len({held_by_seed(reading, runs, drawn) for reading in readings(claim)}) > 1
