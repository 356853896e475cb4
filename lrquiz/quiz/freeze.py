"""A verified variant as an item of a quiz: texts, key and evidence, nothing left to look up."""

from __future__ import annotations

import math
from collections.abc import Sequence

from lrquiz.bank.catalogue import RECIPES
from lrquiz.evidence.claims import in_words
from lrquiz.model.quiz import Curve, Evidence, QuizItem, QuizOption
from lrquiz.model.trace import Column, Trial
from lrquiz.model.verdict import Decision, VerifiedVariant
from lrquiz.quiz.draw import shuffled

_LINES_PER_ARM = 8
_DIGITS = 6  # significant digits of a drawn value; far finer than a pixel


def freeze(verified: VerifiedVariant, seed: int) -> QuizItem:
    """Return the item that students see. Option order depends on the seed, never on the key."""
    variant, item = verified.variant, verified.variant.item
    options = [
        QuizOption(option.id, option.text, option.feedback, _evidence(decision))
        for option, decision in zip(variant.options, verified.options, strict=True)
    ]
    quantity = _quantity(verified)
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
        quantity=quantity,
        curves=_curves(verified, quantity),
        hint=variant.hint,
        solution=variant.solution,
        common_mistakes=variant.common_mistakes,
    )


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


def _quantity(verified: VerifiedVariant) -> str:
    recorded = RECIPES[verified.variant.experiment.recipe].records
    return "loss" if "epoch.loss" in recorded else "lr"


def _curves(verified: VerifiedVariant, quantity: str) -> tuple[Curve, ...]:
    arms = verified.variant.experiment.arms
    return tuple(
        Curve(arm, _label(verified, arm), _lines(verified.trials, arm, quantity)) for arm in arms
    )


def _label(verified: VerifiedVariant, arm: str) -> str:
    """Return the arm's name and its plain numbers, as `too high (lr 10.0)`."""
    settings = verified.variant.experiment.arms[arm]
    numbers = [f"{name} {value}" for name, value in settings.items() if _is_number(value)]
    name = arm.replace("_", " ")
    return f"{name} ({', '.join(numbers)})" if numbers else name


def _is_number(value: object) -> bool:
    return isinstance(value, int | float)


def _lines(
    trials: Sequence[Trial], arm: str, quantity: str
) -> tuple[tuple[float | None, ...], ...]:
    mine = [trial.trace.epoch(quantity) for trial in trials if trial.arm == arm]
    return tuple(map(_drawn, mine[:_LINES_PER_ARM]))


def _drawn(column: Column) -> tuple[float | None, ...]:
    return tuple(float(f"{each:.{_DIGITS}g}") if math.isfinite(each) else None for each in column)
