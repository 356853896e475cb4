"""Repairs: each option of a find-the-error item must be the edit that its words name."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from typing import Any

from lrquiz.bank.factors import factors_in
from lrquiz.bank.finding import recipe_info
from lrquiz.model.item import Claim, Item, Option, Quantifier, Settings

GIVEN = "given"
"""name of the arm that is the loop as the stem shows it"""

_CALL_WORDS = {
    "zero_grad": r"zero_grad",
    "forward": r"forward|model\(|loss_fn",
    "backward": r"backward",
    "step": r"optimizer\.step",
    "scheduler_step": r"schedul",
}
_LOWER = r"too high|lower|smaller|reduce|decrease"
_HIGHER = r"too low|higher|larger|increase|raise"


def repair_faults(item: Item) -> Iterator[str]:
    """Yield what keeps the item's options from being repairs of its loop."""
    if GIVEN not in item.experiment.arms:
        yield f"find_error needs an arm {GIVEN!r}: the loop as the stem shows it"
        return
    if not any(_is_broken(premise.claim) for premise in item.premises):
        yield (
            "no premise says that the loop as given is broken; add one with the claim "
            f'{{ predicate = "training_learns", arm = "{GIVEN}", quantifier = "never" }}'
        )
    seen: dict[str, str] = {}
    for option in item.options:
        if option.claim.predicate != "training_learns":
            yield f"option {option.id}: its claim must be training_learns on the repaired arm"
            continue
        arm = str(option.claim.parameters.get("arm"))
        if arm == GIVEN or arm in seen:
            other = seen.get(arm, "the stem")
            yield f"option {option.id} needs a repaired arm of its own; {arm} is that of {other}"
        seen[arm] = f"option {option.id}"
        yield from _unnamed_edits(item, option, arm)


def _is_broken(claim: Claim) -> bool:
    """Whether a claim refutes that the given loop learns; without, there is nothing to repair."""
    refuting = {"training_learns": Quantifier.NEVER, "weights_never_change": Quantifier.USUALLY}
    return (
        claim.parameters.get("arm") == GIVEN
        and refuting.get(str(claim.predicate)) is claim.quantifier
    )


def _unnamed_edits(item: Item, option: Option, arm: str) -> Iterator[str]:
    info = recipe_info(item.experiment.recipe)
    before = info.complete(item.experiment.arms[GIVEN])
    after = info.complete(item.experiment.arms[arm])
    edits = list(_edits(before, after, arm))
    if not edits:
        yield f"option {option.id}: arm {arm} repairs nothing, it equals {GIVEN}"
    yield from _wrong_factors(option, before, after)
    for edit, pattern in edits:
        if not re.search(pattern, option.text, re.IGNORECASE):
            yield f"option {option.id}: arm {arm} {edit}, which its text does not name"


def _edits(before: Settings, after: Settings, arm: str) -> Iterator[tuple[str, str]]:
    """Yield each edit that leads from one arm to the other, and the words that name it."""
    for name, old in before.items():
        new = after[name]
        if name == "calls":
            yield from _call_edits(list(old), list(new))
        elif new != old:
            yield f"changes {name} from {old} to {new}", _words_of_change(f"{arm}.{name}", old, new)


def _words_of_change(path: str, old: Any, new: Any) -> str:  # noqa: ANN401 - any setting
    if not path.endswith(".lr"):
        return rf"{re.escape(str(new))}|arms\.{re.escape(path)}\b"
    return _LOWER if new < old else _HIGHER


def _wrong_factors(option: Option, before: Settings, after: Settings) -> Iterator[str]:
    """Yield the factors in a text that are not that by which the rate is changed."""
    old, new = before.get("lr"), after.get("lr")
    if not (old and new) or old == new:
        return
    factor = max(new / old, old / new)
    for words, said in factors_in(option.text):
        if not math.isclose(said, factor, rel_tol=1e-6):
            yield (
                f'option {option.id}: the text says "{words}", but its arm changes lr from {old} '
                f"to {new}, by a factor of {factor:g}"
            )


def _call_edits(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[str, str]]:
    for call, pattern in _CALL_WORDS.items():
        change = after.count(call) - before.count(call)
        if change:
            yield f"{'adds' if change > 0 else 'removes'} {call}", pattern
    if sorted(before) == sorted(after) and list(before) != list(after):
        moved = [call for call in before if _without(before, call) == _without(after, call)]
        words = "|".join(_CALL_WORDS[call] for call in moved or before)
        yield f"moves {' or '.join(moved or before)}", words


def _without(calls: Sequence[str], call: str) -> list[str]:
    return [each for each in calls if each != call]
