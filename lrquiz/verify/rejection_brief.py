"""A rejection in a few words, with the one decision whose k of n tells most."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from lrquiz.bank.arms import listed
from lrquiz.model.verdict import Decision, RejectionCode, Verdict, VerifiedVariant
from lrquiz.verify.ordering import in_numbers
from lrquiz.verify.valuing import in_figures

_WIDTH = 64
"""characters of a premise or reason that are quoted"""


def telling_of(verified: VerifiedVariant) -> tuple[str, Decision | None]:
    """Return words that a decision's figures complete, and that decision.

    Of a variant that holds it is the key's decision, of a rejected one the first that rejects it;
    None where no decision does.
    """
    has_options = verified.variant.item.type.has_options
    return _with_options(verified) if has_options else _without_options(verified)


def _with_options(verified: VerifiedVariant) -> tuple[str, Decision | None]:
    if verified.rejection is None:
        first = next(_options(verified, Verdict.SUPPORTED))
        return f"option {first[0]}", first[1]
    match verified.rejection.code:
        case RejectionCode.PREMISE_FAILED:
            return _premise(verified)
        case RejectionCode.UNDECIDED:
            name, decision = next(_options(verified, Verdict.UNDECIDED))
            return f"option {name} is undecided: it", decision
        case RejectionCode.NO_KEY:
            name, decision = max(_options(verified, Verdict.REFUTED), key=_share)
            return f"every option is refuted; the likeliest, {name},", decision
        case RejectionCode.TWO_KEYS:
            keys = list(_options(verified, Verdict.SUPPORTED))
            name, decision = min(keys, key=_share)
            return f"options {listed([key for key, _ in keys])} overlap; {name}", decision
        case code:
            reason = textwrap.shorten(verified.rejection.reason, _WIDTH, placeholder=" ...")
            return f"it is rejected, {code}: {reason}", None


def _without_options(verified: VerifiedVariant) -> tuple[str, Decision | None]:
    """Tell of an item whose premises and whose value decide it."""
    if verified.rejection is None:
        if verified.measured is not None:
            return f"the value: {in_figures(verified.measured)}", None
        if verified.proof is not None and verified.proof.orders:
            return in_numbers(verified.proof.orders), None
        return "every premise holds", None
    if verified.rejection.code is RejectionCode.PREMISE_FAILED:
        return _premise(verified)
    reason = textwrap.shorten(verified.rejection.reason, _WIDTH, placeholder=" ...")
    return f"it is rejected, {verified.rejection.code}: {reason}", None


def _premise(verified: VerifiedVariant) -> tuple[str, Decision]:
    pairs = zip(verified.variant.premises, verified.premises, strict=True)
    premise, decision = next(
        (premise, decision)
        for premise, decision in pairs
        if decision.verdict is not Verdict.SUPPORTED
    )
    return f'the premise "{textwrap.shorten(premise.says, _WIDTH, placeholder=" ...")}"', decision


def _options(verified: VerifiedVariant, verdict: Verdict) -> Iterator[tuple[str, Decision]]:
    for option, decision in zip(verified.variant.options, verified.options, strict=True):
        if decision.verdict is verdict:
            yield option.id, decision


def _share(option: tuple[str, Decision]) -> float:
    return option[1].held / option[1].trials
