"""Variants: every value of every varied setting, as a cartesian product in file order."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from lrquiz.bank.finding import recipe_info
from lrquiz.bank.loops import loop_of
from lrquiz.bank.stem import render_text
from lrquiz.model.item import Experiment, Item, Option, Order, Premise, Value, Variant
from lrquiz.model.translation import Translation

_MOST_VARIANTS = 64


def variants_of(item: Item) -> tuple[Variant, ...]:
    """Return every variant of `item`, the one with the arms' own values first."""
    return tuple(_variant(item, chosen) for chosen in _choices(item))


def _choices(item: Item) -> Iterator[dict[str, Any]]:
    paths = list(item.variants)
    for values in itertools.product(*item.variants.values()):
        yield dict(zip(paths, values, strict=True))


def arm_and_field(path: str) -> tuple[str, str]:
    """Split `arms.NAME.FIELD`; the name `*` stands for every arm.

    Raises:
        ValueError: it has another form.
    """
    parts = path.split(".")
    if len(parts) != 3 or parts[0] != "arms":
        message = f'{path!r} is not "arms.NAME.FIELD"'
        raise ValueError(message)
    return parts[1], parts[2]


def _variant(item: Item, chosen: Mapping[str, Any]) -> Variant:
    name = ", ".join(f"{path}={value}" for path, value in chosen.items())
    return _rendered(item, _with_values(item.experiment, chosen), name)


def neighbour_of(variant: Variant, path: str, value: object) -> Variant:
    """Return the variant with one setting changed, its texts rendered anew."""
    experiment = _with_values(variant.experiment, {path: value})
    return _rendered(variant.item, experiment, f"{path}={value}")


def translations_of(variant: Variant) -> Iterator[tuple[Translation, Variant]]:
    """Yield a variant in every language that its item is translated into."""
    for each in variant.item.translations:
        yield each, _rendered(each.item, variant.experiment, variant.name)


def _rendered(item: Item, experiment: Experiment, name: str) -> Variant:
    values = _values(experiment)

    def text(source: str) -> str:
        return render_text(source, values)

    return Variant(
        item=item,
        name=name,
        stem=text(item.stem),
        premises=tuple(Premise(text(each.says), each.claim) for each in item.premises),
        options=tuple(_option(each, values) for each in item.options),
        experiment=experiment,
        hint=text(item.hint),
        solution=tuple(map(text, item.solution)),
        common_mistakes=tuple(map(text, item.common_mistakes)),
        value=item.value and _value(item.value, text),
        back=text(item.back),
        checklist=tuple(map(text, item.checklist)),
        order=item.order and _order(item.order, text),
    )


def _order(order: Order, text: Callable[[str], str]) -> Order:
    mistakes = (replace(each, feedback=text(each.feedback)) for each in order.mistakes)
    return replace(order, feedback=text(order.feedback), mistakes=tuple(mistakes))


def _value(value: Value, text: Callable[[str], str]) -> Value:
    mistakes = (
        replace(each, says=text(each.says), feedback=text(each.feedback)) for each in value.mistakes
    )
    return replace(value, feedback=text(value.feedback), mistakes=tuple(mistakes))


def _option(option: Option, values: Mapping[str, Any]) -> Option:
    return replace(
        option,
        text=render_text(option.text, values),
        feedback=render_text(option.feedback, values),
    )


def _with_values(experiment: Experiment, chosen: Mapping[str, Any]) -> Experiment:
    arms = {name: dict(settings) for name, settings in experiment.arms.items()}
    for path, value in chosen.items():
        arm, field = arm_and_field(path)
        for name in _named(arm, experiment):
            arms[name][field] = value
    return replace(experiment, arms=arms)


def _values(experiment: Experiment) -> dict[str, Any]:
    """Return what texts may name: `arms.NAME.FIELD` with defaults filled in, `epochs`, `code`."""
    info = recipe_info(experiment.recipe)
    arms = {name: info.complete(settings) for name, settings in experiment.arms.items()}
    loop = loop_of(info.code)
    code = {"code": loop.frame.rstrip("\n") if loop else info.code} if info.code else {}
    return {"arms": arms, "epochs": experiment.epochs, **code}


def _named(arm: str, experiment: Experiment) -> tuple[str, ...]:
    return tuple(experiment.arms) if arm == "*" else (arm,)


def text_faults(item: Item) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Yield the place of every text that cannot be rendered in some variant, and why."""
    told = set()
    for chosen in _choices(item):
        values = _values(_with_values(item.experiment, chosen))
        for place, text in _texts(item):
            try:
                render_text(text, values)
            except ValueError as error:
                if place not in told:
                    told.add(place)
                    yield place, str(error)


def _texts(item: Item) -> Iterator[tuple[tuple[str | int, ...], str]]:
    yield from ((("stem",), item.stem), (("hint",), item.hint))
    yield from ((("solution", index), text) for index, text in enumerate(item.solution))
    mistakes = enumerate(item.common_mistakes)
    yield from ((("common_mistakes", index), text) for index, text in mistakes)
    for index, premise in enumerate(item.premises):
        yield ("premise", index, "says"), premise.says
    for index, option in enumerate(item.options):
        yield ("option", index, "text"), option.text
        yield ("option", index, "feedback"), option.feedback
    yield ("back",), item.back
    yield from ((("checklist", index), text) for index, text in enumerate(item.checklist))
    if item.value is not None:
        yield ("value", "feedback"), item.value.feedback
        for index, mistake in enumerate(item.value.mistakes):
            yield ("value", "mistake", index, "says"), mistake.says
            yield ("value", "mistake", index, "feedback"), mistake.feedback
    if item.order is not None:
        yield ("order", "feedback"), item.order.feedback
        for index, wrong in enumerate(item.order.mistakes):
            yield ("order", "mistake", index, "feedback"), wrong.feedback


def variant_faults(variants: Mapping[str, Any], experiment: Experiment) -> Iterator[str]:
    """Yield what is wrong with a `[variants]` table."""
    count = math.prod(map(len, variants.values()))
    if count > _MOST_VARIANTS:
        yield f"these are {count} variants, each to be proved; {_MOST_VARIANTS} are the most"
        return
    for path, values in variants.items():
        try:
            arm, field = arm_and_field(path)
        except ValueError as error:
            yield str(error)
            continue
        if arm != "*" and arm not in experiment.arms:
            yield f"{path!r}: there is no arm {arm!r}; there are {', '.join(experiment.arms)}"
            continue
        yield from (f"{path!r}: {fault}" for fault in _value_faults(field, values, experiment))
        for name in _named(arm, experiment):
            yield from (
                f"{path!r} {fault}" for fault in _order_faults(name, field, values, experiment)
            )


def _value_faults(field: str, values: Sequence[Any], experiment: Experiment) -> Iterator[str]:
    for value in values:
        yield from recipe_info(experiment.recipe).faults({field: value})
    if len({repr(value) for value in values}) < len(values):
        yield "a value is named twice"


def _order_faults(
    arm: str, field: str, values: Sequence[Any], experiment: Experiment
) -> Iterator[str]:
    fields = recipe_info(experiment.recipe).fields
    if field not in fields or not values:
        return  # told elsewhere
    own = experiment.arms[arm].get(field, fields[field].default)
    own = list(own) if isinstance(own, tuple) else own
    if values[0] != own:
        yield f"starts with {values[0]!r}; the arm's own value {own!r} comes first"
