"""Does what an item says fit what it trains?

Evidence decides what a claim says of an experiment; it cannot know whether the words beside the
claim say the same. These rules tie words to claims as far as a program can: vocabulary, numbers,
arms and repairs. An item that breaks one is rejected before anything is trained.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from lrquiz.bank.fill_in import as_told, fill_in_faults
from lrquiz.bank.finding import recipe_info
from lrquiz.bank.option_texts import option_faults
from lrquiz.bank.ordering import numbers_shown, order_inconsistencies
from lrquiz.bank.predict import predict_faults
from lrquiz.bank.repairs import repair_faults
from lrquiz.bank.stem_faults import told
from lrquiz.bank.variants import arm_and_field
from lrquiz.bank.wording import (
    numbers_of,
    plain,
    quantifier_faults,
    typed,
    unasked_values,
    unbacked_premises,
    with_epochs,
)
from lrquiz.evidence.claims import arms_of, unsaid_numbers, unspoken
from lrquiz.model.item import Item, ItemType, Option, Value

_ASSIGNED = re.compile(r"\b(\w+) ?= ?(\d+(?:\.\d+)?(?:e-?\d+)?)(?![\w.])")
_ARM = re.compile(r"\barms\.(\w+)")
_ALWAYS = frozenset({0.0, 1.0})  # where counting starts


def inconsistencies(item: Item, shown: Sequence[Option] = ()) -> Iterator[str]:
    """Yield what an item says that its claims and its experiment do not, one sentence each.

    Args:
        item: with its texts as their author wrote them, expressions and all.
        shown: its options as a variant shows them, where there is a variant.
    """
    rendered = replace(item, options=tuple(shown)) if shown else item
    yield from fill_in_faults(rendered)
    yield from predict_faults(item)
    yield from order_inconsistencies(item)
    yield from _vocabulary(as_told(rendered))
    yield from quantifier_faults(as_told(item))
    yield from option_faults(item)
    yield from _numbers(item)
    yield from _arms_in_premises(item)
    yield from _varied_settings(item)
    yield from _twins(rendered)
    yield from unasked_values(item)
    yield from unbacked_premises(item)
    if item.type is ItemType.FIND_ERROR:
        yield from repair_faults(item)


def _vocabulary(item: Item) -> Iterator[str]:
    for premise in item.premises:
        expected = unspoken(premise.claim, plain(premise.says))
        if expected:
            yield f'premise "{premise.says}" does not contain {expected}'
        for number in unsaid_numbers(premise.claim, with_epochs(premise.says, item)):
            yield f'premise "{premise.says}" does not say the {number} of its claim'
    for option in item.options:
        expected = unspoken(option.claim, option.text)
        if expected:
            yield (
                f'option {option.id}: the text "{option.text}" does not contain {expected}; does '
                "its claim belong to another option? If not, quote the text in the claim: "
                'claim = { says = "...", ... }'
            )
        for number in unsaid_numbers(
            option.claim, with_epochs(f"{option.text}\n{item.stem}", item)
        ):
            yield f"option {option.id}: its claim has {number}, which neither text nor stem says"


def _numbers(item: Item) -> Iterator[str]:
    """Numbers typed into a text may differ from what is trained; expressions cannot."""
    everywhere = [premise.claim for premise in item.premises]
    everywhere += [option.claim for option in item.options]
    known = _settings(item) | {n for claim in everywhere for n in numbers_of(claim)} | _ALWAYS
    known |= _of_value(item.value) if item.value else set()
    known |= numbers_shown(item)
    for number in typed(plain(told(item))):
        if number not in known:
            yield f"the stem says {number:g}, which is no number of its experiment or claims"
    yield from _assignments(item)
    for premise in item.premises:
        allowed = numbers_of(premise.claim) | _ALWAYS | {float(item.experiment.epochs)}
        for number in typed(plain(premise.says)):
            if number not in allowed:
                yield (
                    f'premise "{premise.says}" says {number:g}; write settings as '
                    "{{ arms.NAME.FIELD }}, so that they are those of the experiment"
                )


def _assignments(item: Item) -> Iterator[str]:
    """Code in a stem that assigns a setting must assign what an arm has."""
    info = recipe_info(item.experiment.recipe)
    arms = [info.complete(settings) for settings in item.experiment.arms.values()]
    for name, value in _ASSIGNED.findall(plain(told(item))):
        values = [arm[name] for arm in arms if name in arm]
        if values and float(value) not in values:
            yield f"the stem says {name}={value}; write {name}={{{{ arms.NAME.{name} }}}}"


def _settings(item: Item) -> set[float]:
    info = recipe_info(item.experiment.recipe)
    arms = [info.complete(settings) for settings in item.experiment.arms.values()]
    values = [value for settings in arms for value in settings.values()]
    values += [value for varied in item.variants.values() for value in varied]
    numbers = {float(value) for value in values if isinstance(value, int | float)}
    return numbers | {float(item.experiment.epochs)} | {float(fact) for fact in info.facts}


def _of_value(value: Value) -> set[float]:
    given = value.measurement.parameters.values()
    return {float(each) for each in given if isinstance(each, int | float)} | {value.tolerance}


def _arms_in_premises(item: Item) -> Iterator[str]:
    for premise in item.premises:
        named = list(dict.fromkeys(_ARM.findall(premise.says)))
        claimed = list(arms_of(premise.claim))
        if named != claimed[: len(named)]:
            yield (
                f'premise "{premise.says}" names {" and ".join(named)}, its claim '
                f"{' and '.join(claimed)}; name the arms that the claim names, in its order"
            )


def _varied_settings(item: Item) -> Iterator[str]:
    """What varies must be shown as it varies: a typed value is true of one variant alone."""
    for path in item.variants:
        arm, field = arm_and_field(path)
        arms = list(item.experiment.arms) if arm == "*" else [arm]
        if not any(f"arms.{each}.{field}" in told(item) for each in arms):
            yield f"{path} varies, but the stem does not show {{{{ arms.{arms[0]}.{field} }}}}"


def _twins(item: Item) -> Iterator[str]:
    is_code = item.type is ItemType.FILL_IN  # in which case tells names apart
    shown = {each.id: each.text if is_code else each.text.lower() for each in item.options}
    texts = sorted((" ".join(text.split()), name) for name, text in shown.items())
    for (one, first), (other, second) in pairwise(texts):
        if one == other:
            yield f"options {first} and {second} have the same text"
    for option in item.options:
        quote = option.claim.says
        others = [each.id for each in item.options if each is not option]
        told = [each.id for each in item.options if quote and quote.lower() in each.text.lower()]
        for other in set(told) & set(others):
            yield f'option {option.id}: the quoted words "{quote}" stand in option {other} as well'
