"""Which of many decided claims tell an author something that the others do not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from lrquiz.evidence.claims import arms_of
from lrquiz.evidence.predicates.predicate import HARDER
from lrquiz.model.item import Claim
from lrquiz.model.verdict import Decision, Verdict

_MULTIPLE, _EPOCH = "times", "epoch"
_SAME = 1.0
_WRONG_MULTIPLES = 3
"""refuted multiples that are shown of one epoch: as many as an item has distractors"""

Numbered = tuple[int, Decision]


def telling(decisions: Sequence[Decision]) -> list[bool]:
    """Say of each decision whether it tells an author what the others do not.

    A supported claim says all that easier ones would say, a refuted one all that harder ones would.
    Of the rate, each multiple is shown where it is first reached, beside a few wrong ones.
    """
    kept = set(_in_few_epochs([each for each in enumerate(decisions) if _has_epoch(each[1])]))
    return [
        index in kept if _has_epoch(decision) else not _is_covered(decision, decisions)
        for index, decision in enumerate(decisions)
    ]


def _has_epoch(decision: Decision) -> bool:
    return _EPOCH in decision.claim.parameters


def _is_covered(decision: Decision, decisions: Iterable[Decision]) -> bool:
    """Whether another decision of its verdict and quantifier says all that this one says."""
    alike = [
        other
        for other in decisions
        if other is not decision
        and other.verdict is decision.verdict
        and other.claim.quantifier is decision.claim.quantifier
    ]
    if decision.verdict is Verdict.REFUTED:
        return any(_implies(decision.claim, other.claim) for other in alike)
    return any(_implies(other.claim, decision.claim) for other in alike)


def _implies(one: Claim, other: Claim) -> bool:
    """Whether `one` is the same claim as `other` with numbers that are as hard or harder."""
    if _without_degrees(one) != _without_degrees(other):
        return False
    return all(
        sign * one.parameters[name] >= sign * other.parameters[name]
        for name, sign in HARDER.items()
        if name in one.parameters
    )


def _without_degrees(claim: Claim) -> Claim:
    parameters = {name: each for name, each in claim.parameters.items() if name not in HARDER}
    return replace(claim, parameters=parameters)


def _in_few_epochs(numbered: Sequence[Numbered]) -> Iterator[int]:
    """Yield the positions of decisions on rates that are worth showing, arm by arm."""
    by_arm: dict[tuple[str, ...], list[Numbered]] = {}
    for index, decision in numbered:
        by_arm.setdefault(arms_of(decision.claim), []).append((index, decision))
    for group in by_arm.values():
        yield from _of_one_arm(group)


def _of_one_arm(group: Sequence[Numbered]) -> Iterator[int]:
    first: dict[float, int] = {}
    """for each multiple the first epoch at which it is supported"""
    for _, decision in group:
        if _MULTIPLE in decision.claim.parameters and decision.verdict is Verdict.SUPPORTED:
            times, epoch = decision.claim.parameters[_MULTIPLE], _epoch_of(decision)
            first[times] = min(epoch, first.get(times, epoch))
    changed = {epoch for times, epoch in first.items() if times != _SAME}
    for epoch in set(first.values()) or {min(_epoch_of(each) for _, each in group)}:
        at_epoch = [each for each in group if _epoch_of(each[1]) == epoch]
        if first and epoch not in changed:  # "the same" alone is nothing to be mistaken about
            at_epoch = [each for each in at_epoch if each[1].verdict is not Verdict.REFUTED]
        wrong = [each for each in at_epoch if _is_wrong_multiple(each[1])]
        # What the rate is at other epochs comes first: the likeliest mistake is to miscount.
        wrong.sort(key=lambda each: each[1].claim.parameters[_MULTIPLE] not in first)
        dropped = {index for index, _ in wrong[_WRONG_MULTIPLES:]}
        yield from (
            index
            for index, decision in at_epoch
            if index not in dropped and not _is_seen_before(decision, first)
        )


def _epoch_of(decision: Decision) -> int:
    return int(decision.claim.parameters[_EPOCH])


def _is_wrong_multiple(decision: Decision) -> bool:
    return _MULTIPLE in decision.claim.parameters and decision.verdict is Verdict.REFUTED


def _is_seen_before(decision: Decision, first: dict[float, int]) -> bool:
    if decision.verdict is not Verdict.SUPPORTED or _MULTIPLE not in decision.claim.parameters:
        return False
    return first[decision.claim.parameters[_MULTIPLE]] < _epoch_of(decision)
