"""Mutants of items: every text stays, a claim becomes another one or goes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lrquiz.model.item import Claim, Quantifier, Variant
from lrquiz.verify.audit.mutants import ItemMutant, Kind
from lrquiz.verify.proving import stated

_OTHER_BASE = {"0-based": "1-based", "1-based": "0-based"}
_OTHER_MOMENT = {"start of epoch": "end of epoch", "end of epoch": "start of epoch"}
_EPOCHS = ("epoch", "within")
"""parameters that number an epoch"""


def item_mutants(variant: Variant) -> Iterator[ItemMutant]:
    """Yield every mutant of an item, made from one variant of it."""
    yield from _swapped(variant)
    for index, claim in enumerate(stated(variant)):
        yield from _of_claim(variant, index, claim)
    for index in range(len(variant.premises)):
        yield _without_premise(variant, index)


def names_of(variant: Variant) -> list[str]:
    """Return what to call each premise, then each option."""
    premises = [f"premise {place}" for place, _ in enumerate(variant.premises, start=1)]
    return premises + [f"option {option.id}" for option in variant.options]


def _swapped(variant: Variant) -> Iterator[ItemMutant]:
    """Exchange the claims of each two options, and of a premise and an option."""
    claims, names, premises = stated(variant), names_of(variant), len(variant.premises)
    for one, other in itertools.combinations(range(len(claims)), 2):
        if other < premises:
            continue  # the stem takes both for granted, in whatever order
        what = f"{names[one]} and {names[other]}"
        swapped = [*claims]
        swapped[one], swapped[other] = claims[other], claims[one]
        yield _mutant(Kind.SWAPPED, what, variant, swapped)
        if claims[one].says is not None or claims[other].says is not None:
            quoted = [
                replace(claim, says=old.says) for claim, old in zip(swapped, claims, strict=True)
            ]
            yield _mutant(Kind.SWAPPED_UNDER_QUOTES, what, variant, quoted)


def _of_claim(variant: Variant, index: int, claim: Claim) -> Iterator[ItemMutant]:
    """Shift the clock and the epoch of a claim, and negate it."""
    name, claims = names_of(variant)[index], stated(variant)
    for kind, what, other in (*_other_clocks(claim), *_other_epochs(claim), _negated(claim)):
        changed = [*claims[:index], other, *claims[index + 1 :]]
        yield _mutant(kind, f"{name}: {what}", variant, changed)


def _other_clocks(claim: Claim) -> Iterator[tuple[Kind, str, Claim]]:
    base, comma, moment = str(claim.parameters.get("clock", "")).partition(", ")
    if not comma:
        return
    for clock in (f"{_OTHER_BASE[base]}, {moment}", f"{base}, {_OTHER_MOMENT[moment]}"):
        yield Kind.CLOCK, clock, _with(claim, "clock", clock)


def _other_epochs(claim: Claim) -> Iterator[tuple[Kind, str, Claim]]:
    for name in _EPOCHS:
        number = claim.parameters.get(name)
        if isinstance(number, int):
            for other in (number - 1, number + 1):
                yield Kind.EPOCH, f"{name} = {other}", _with(claim, name, other)


def _negated(claim: Claim) -> tuple[Kind, str, Claim]:
    is_never = claim.quantifier is Quantifier.NEVER
    quantifier = Quantifier.USUALLY if is_never else Quantifier.NEVER
    what = f"{claim.quantifier} became {quantifier}"
    return Kind.NEGATED, what, replace(claim, quantifier=quantifier)


def _with(claim: Claim, name: str, value: object) -> Claim:
    return replace(claim, parameters={**claim.parameters, name: value})


def _without_premise(variant: Variant, index: int) -> ItemMutant:
    premises = (*variant.premises[:index], *variant.premises[index + 1 :])
    written = variant.item.premises
    item = replace(variant.item, premises=(*written[:index], *written[index + 1 :]))
    what = names_of(variant)[index]
    return ItemMutant(Kind.DELETED, what, replace(variant, item=item, premises=premises))


def _mutant(kind: Kind, what: str, variant: Variant, claims: Sequence[Claim]) -> ItemMutant:
    """Return the variant with these claims of premises, then of options."""
    first, rest = claims[: len(variant.premises)], claims[len(variant.premises) :]
    item = replace(
        variant.item,
        premises=tuple(
            replace(each, claim=claim)
            for each, claim in zip(variant.item.premises, first, strict=True)
        ),
        options=tuple(
            replace(each, claim=claim)
            for each, claim in zip(variant.item.options, rest, strict=True)
        ),
    )
    changed = replace(
        variant,
        item=item,
        premises=tuple(
            replace(each, claim=claim) for each, claim in zip(variant.premises, first, strict=True)
        ),
        options=tuple(
            replace(each, claim=claim) for each, claim in zip(variant.options, rest, strict=True)
        ),
    )
    return ItemMutant(kind, what, changed)
