"""From decisions to a key, or to the reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lrquiz.bank.consistency import inconsistencies
from lrquiz.evidence.bands import BANDS
from lrquiz.evidence.predicates.predicate import CLOCKS
from lrquiz.model.item import Claim, ItemType, Quantifier, Variant
from lrquiz.model.proof import Proof
from lrquiz.model.verdict import Decision, Rejection, RejectionCode, Verdict
from lrquiz.verify.filling import fill_in_rejection
from lrquiz.verify.ordering import order_rejection
from lrquiz.verify.valuing import value_rejection

_MANY_KEYS = frozenset({ItemType.MULTIPLE_CHOICE, ItemType.FILL_IN})


def key_of(variant: Variant, decisions: Sequence[Decision]) -> tuple[str, ...]:
    """Return the ids of the supported options, in the order of the file."""
    return tuple(
        option.id
        for option, decision in zip(variant.options, decisions, strict=True)
        if decision.verdict is Verdict.SUPPORTED
    )


def wording_rejection(variant: Variant) -> Rejection | None:
    """Reject when the item's words are not those that its claims and its experiment stand for."""
    # As their author wrote them, so that typed numbers show, with the claims that are decided.
    texts = {each.id: each.text for each in variant.item.options}
    options = tuple(replace(each, text=texts[each.id]) for each in variant.options)
    item = replace(variant.item, options=options, experiment=variant.experiment)
    found = list(inconsistencies(item, variant.options))
    return Rejection(RejectionCode.WORDING, "; ".join(found)) if found else None


def rejection_of(
    variant: Variant,
    premises: Sequence[Decision],
    options: Sequence[Decision],
    ambiguous: Sequence[Claim],
    proof: Proof | None = None,
) -> Rejection | None:
    """Return the first reason why the variant cannot be used, or None."""
    measured = proof.measured if proof else ()
    return (
        _premise(variant, premises)
        or _ambiguous(variant, ambiguous)
        or _undecided(variant, options)
        or _number_of_keys(variant, options)
        or (value_rejection(variant.value, measured) if variant.value else None)
        or (fill_in_rejection(variant, options, proof.lines) if proof else None)
        or (order_rejection(variant, proof.orders) if proof else None)
    )


def how_often(decision: Decision) -> str:
    """Return `held in k of n seeds`; of a fact, whether it holds."""
    if decision.trials == 1:
        return "holds" if decision.held else "does not hold"
    return f"held in {decision.held} of {decision.trials} seeds"


def figures(decision: Decision) -> str:
    """Return `held in k of n seeds (rate a to b)`."""
    if decision.trials == 1:
        return how_often(decision)
    return f"{how_often(decision)} (rate {decision.lower:.3f} to {decision.upper:.3f})"


def demand(quantifier: Quantifier) -> str:
    """Return what a quantifier asks of the rate, in words."""
    band = BANDS[quantifier]
    if quantifier is Quantifier.NEVER:
        return f'"never" needs a rate under {1 - band.supported_from:.2f}'
    return (
        f'"{quantifier}" is supported from {band.supported_from:.2f} '
        f"and refuted up to {band.refuted_to:.2f}"
    )


def _premise(variant: Variant, decisions: Sequence[Decision]) -> Rejection | None:
    for premise, decision in zip(variant.premises, decisions, strict=True):
        if decision.verdict is not Verdict.SUPPORTED:
            reason = (
                f'the stem is not true: "{premise.says}" {figures(decision)}; '
                f"{demand(decision.claim.quantifier)}"
            )
            return Rejection(RejectionCode.PREMISE_FAILED, reason)
    return None


def _ambiguous(variant: Variant, claims: Sequence[Claim]) -> Rejection | None:
    named = [(f'premise "{each.says}"', each.claim) for each in variant.premises]
    named += [(f"option {each.id}", each.claim) for each in variant.options]
    for name, claim in named:
        if claim in claims:
            reason = (
                f"{name}: whether it holds depends on how epochs are counted; fix it "
                f"in the stem and write one of: {'; '.join(f'clock = {c!r}' for c in CLOCKS)}"
            )
            return Rejection(RejectionCode.AMBIGUOUS, reason)
    return None


def _undecided(variant: Variant, decisions: Sequence[Decision]) -> Rejection | None:
    for option, decision in zip(variant.options, decisions, strict=True):
        if decision.verdict is Verdict.UNDECIDED:
            reason = (
                f"option {option.id} is neither supported nor refuted: {decision.claim.predicate} "
                f"{figures(decision)}; {demand(decision.claim.quantifier)}"
            )
            return Rejection(RejectionCode.UNDECIDED, reason)
    return None


def _number_of_keys(variant: Variant, decisions: Sequence[Decision]) -> Rejection | None:
    if not variant.item.type.has_options:
        return None
    key = key_of(variant, decisions)
    shown = "; ".join(
        f"{option.id} {figures(decision)}"
        for option, decision in zip(variant.options, decisions, strict=True)
    )
    if not key:
        return Rejection(RejectionCode.NO_KEY, f"every option is refuted: {shown}")
    if len(key) > 1 and variant.item.type not in _MANY_KEYS:
        reason = f"options {' and '.join(key)} overlap, all are supported: {shown}"
        return Rejection(RejectionCode.TWO_KEYS, reason)
    return None
