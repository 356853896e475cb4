"""A verified variant as an item of a quiz: texts, key and evidence, nothing left to look up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lrquiz.bank.finding import recipe_info
from lrquiz.evidence.claims import arms_of, in_words
from lrquiz.evidence.measurements import measured_in_words
from lrquiz.model.item import Item, ItemType, Value, Variant
from lrquiz.model.proof import Lines, Spread
from lrquiz.model.quiz import (
    Curve,
    Evidence,
    QuizBlank,
    QuizItem,
    QuizMistake,
    QuizOption,
    QuizValue,
)
from lrquiz.model.verdict import Decision, VerifiedVariant
from lrquiz.quiz.draw import shuffled
from lrquiz.quiz.ordering import frozen_order
from lrquiz.verify.valuing import mistaken_values

_LONGEST = 40  # characters of a label


def freeze(verified: VerifiedVariant, seed: int) -> QuizItem:
    """Return the item that students see. Option order depends on the seed, never on the key."""
    variant, item, proof = verified.variant, verified.variant.item, verified.proof
    assert proof is not None, "what holds was proved"
    options = [
        QuizOption(
            option.id, option.text, option.feedback, _evidence(decision, _says(item, decision))
        )
        for option, decision in zip(variant.options, verified.options, strict=True)
    ]
    return QuizItem(
        id=item.id,
        variant=variant.name,
        type=str(item.type),
        title=item.title,
        objective=item.objective,
        difficulty=item.difficulty,
        points=item.points,
        stem=variant.stem,
        options=tuple(shuffled(options, seed, "options", item.id)),
        key=verified.key,
        premises=tuple(
            _evidence(decision, premise.says)
            for premise, decision in zip(variant.premises, verified.premises, strict=True)
        ),
        quantity=proof.quantity,
        curves=tuple(_curves(variant, proof.lines)),
        hint=variant.hint,
        solution=variant.solution,
        common_mistakes=variant.common_mistakes,
        value=_value(variant.value, proof.measured) if variant.value else None,
        back=variant.back or None,
        checklist=variant.checklist or None,
        blank=blank_of(variant) if item.type is ItemType.FILL_IN else None,
        order=frozen_order(variant, proof.orders, seed) if variant.order else None,
    )


def blank_of(variant: Variant) -> QuizBlank:
    """Return the code of a fill-in, with its blank."""
    experiment = variant.experiment
    return QuizBlank(recipe_info(experiment.recipe).code, experiment.epochs)


def _says(item: Item, decision: Decision) -> str | None:
    """Return what was measured of a response, without the name of its arm; None: as ever."""
    if item.type is not ItemType.FILL_IN:
        return None
    claim = decision.claim
    (arm,) = arms_of(claim)
    given = {k: "this_response" if v == arm else v for k, v in claim.parameters.items()}
    return in_words(replace(claim, parameters=given))


def _curves(variant: Variant, lines: Mapping[str, Lines]) -> Iterator[Curve]:
    """Yield what is drawn of each arm; of a fill-in, one line of each response."""
    if variant.item.type is not ItemType.FILL_IN:
        arms = variant.experiment.arms
        yield from (Curve(arm, _label(variant, arm), lines[arm]) for arm in arms)
        return
    for option in variant.options:
        (arm,) = arms_of(option.claim)
        yield Curve(arm, _short(option.text), lines[arm][:1])


def _short(response: str) -> str:
    """Return a response that fits the legend of a chart."""
    return response if len(response) <= _LONGEST else f"{response[: _LONGEST - 3]}..."


def _value(value: Value, measured: Sequence[Spread]) -> QuizValue:
    """Return the number that an item asks for; what holds has finite numbers alone."""
    spread = measured[0]
    return QuizValue(
        says=measured_in_words(value.measurement),
        low=_finite(spread.low),
        median=_finite(spread.median),
        high=_finite(spread.high),
        trials=spread.trials,
        tolerance=value.tolerance,
        unit=value.unit,
        feedback=value.feedback,
        mistakes=tuple(
            QuizMistake(number, mistake.says, mistake.feedback)
            for mistake, number in mistaken_values(value, measured)
            if number is not None
        ),
    )


def _finite(number: float | None) -> float:
    assert number is not None, "without it the item would have been rejected"
    return number


def _evidence(decision: Decision, says: str | None = None) -> Evidence:
    claim = decision.claim
    return Evidence(
        says=says or in_words(claim),
        verdict=decision.verdict,
        held=decision.held,
        trials=decision.trials,
        lower=decision.lower,
        upper=decision.upper,
    )


def _label(variant: Variant, arm: str) -> str:
    """Return the arm's name and its plain numbers, as `too high (lr 10.0)`."""
    settings = variant.experiment.arms[arm]
    numbers = [f"{name} {value}" for name, value in settings.items() if _is_number(value)]
    name = arm.replace("_", " ")
    return f"{name} ({', '.join(numbers)})" if numbers else name


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)
