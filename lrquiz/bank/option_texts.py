"""Do the texts of options, as their author wrote them, speak of the arms and numbers claimed?"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from lrquiz.bank.wording import numbers_of, plain, typed
from lrquiz.evidence.claims import arms_of
from lrquiz.model.item import Item, ItemType, Option

_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_ARM = re.compile(r"\{\{[^}]*?\barms\.(\w+)")
_ROUNDED = re.compile(r"\bround\([^)]*\)")
_COMPARED = re.compile(
    r"\b(?:than|behind|unlike|without|compared (?:with|to)|as (?:at|with|in|for|under))\b"
    r"[^,;:!?]*$",
    re.IGNORECASE,
)
"""what makes the arm after it the one that is compared with, up to a sign that ends its clause"""

_NO_ARM = "no arm in particular"


def option_faults(item: Item) -> Iterator[str]:
    """Yield which option speaks of other arms or numbers than its claim, one sentence each."""
    if item.type in {ItemType.FIND_ERROR, ItemType.FILL_IN, ItemType.PREDICT}:
        return  # repairs, responses and curves have rules of their own
    usual = _usual_arm(item)
    for option in item.options:
        for fault in (*_arm_faults(option, usual), *_number_faults(option)):
            yield f"option {option.id}: {fault}"


def _arm_faults(option: Option, usual: str) -> Iterator[str]:
    claimed = arms_of(option.claim)
    named = _named(option)
    wrong = [arm for arm in named if arm not in claimed]
    if wrong:
        yield f"the text names arm {wrong[0]}, its claim {' and '.join(claimed)}; name the same"
    elif len(named) > 1 and list(named) != list(claimed):
        yield (
            f"the text names {' and '.join(named)}, its claim {' and '.join(claimed)}; name the "
            "arms in the order of the claim"
        )
    elif len(named) == 1 and len(claimed) > 1:
        yield from _one_of_two(option, named, claimed)
    elif claimed and not named and usual and claimed[0] != usual:
        yield (
            f"the text names no arm, and so speaks of {usual}, as others do; but its claim "
            f"is of {claimed[0]}; name that as {{{{ arms.{claimed[0]}.FIELD }}}}"
        )


def _one_of_two(option: Option, named: dict[str, int], claimed: tuple[str, ...]) -> Iterator[str]:
    ((arm, place),) = named.items()
    compared = bool(_COMPARED.search(option.text[:place]))
    if claimed[compared] != arm:
        yield (
            f"the text {'compares with' if compared else 'speaks of'} arm {arm}, its claim has "
            f"{claimed[compared]} there; exchange the two arms of the claim, or name both"
        )


def _named(option: Option) -> dict[str, int]:
    """Return each arm that a text names, by an expression or else by its name, with its place."""
    named: dict[str, int] = {}
    for match in _ARM.finditer(option.text):
        named.setdefault(match[1], match.start())
    return named or _named_in_words(option)


def _named_in_words(option: Option) -> dict[str, int]:
    """Return the arm that a comparison makes plain, as in "the constant run takes longer"."""
    named: dict[str, int] = {}
    for arm in arms_of(option.claim):
        words = re.escape(arm).replace("_", "[ _-]")
        for match in re.finditer(rf"(?<!without )\b{words}\b", option.text, re.IGNORECASE):
            named.setdefault(arm, match.start())
    return named if len(named) == 1 else {}


def _usual_arm(item: Item) -> str:
    """Return the arm of most options that name none; where there is no such arm, a word for it."""
    arms = Counter(
        arms_of(each.claim)[0] for each in item.options if not _named(each) and arms_of(each.claim)
    )
    if len(arms) < 2:
        return next(iter(arms), "")
    ((arm, count),) = arms.most_common(1)
    return arm if 2 * count > arms.total() else _NO_ARM


def _number_faults(option: Option) -> Iterator[str]:
    allowed = numbers_of(option.claim)
    for number in typed(plain(option.text)):
        if not _among(number, allowed):
            yield (
                f"the text says {number:g}, which is no number of its claim; write settings as "
                "{{ arms.NAME.FIELD }} and leave other numbers out"
            )
    for expression in _EXPRESSION.findall(option.text):
        wrong = [n for n in typed(_ROUNDED.sub("", expression)) if not _among(n, allowed | {100})]
        if wrong or ("arms." not in expression and "epochs" not in expression):
            yield f"{expression} computes with what is no number of its claim; write settings alone"


def _among(number: float, allowed: set[float]) -> bool:
    return any(math.isclose(number, each) for each in allowed)
