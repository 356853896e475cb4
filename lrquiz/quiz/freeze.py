"""A verified variant as an item of a quiz: texts, key and evidence, nothing left to look up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from lrquiz.bank.finding import recipe_info
from lrquiz.bank.variants import translations_of
from lrquiz.evidence.claims import arms_of, in_words
from lrquiz.evidence.measurements import measured_in_words
from lrquiz.model.item import Item, ItemType, Option, Value, Variant
from lrquiz.model.proof import Proof, Spread
from lrquiz.model.quiz import (
    Evidence,
    ItemTexts,
    OptionTexts,
    QuizBlank,
    QuizItem,
    QuizMistake,
    QuizOption,
    QuizValue,
)
from lrquiz.model.verdict import Decision, VerifiedVariant
from lrquiz.quiz.curves import curve_shown, curves_of, text_shown
from lrquiz.quiz.draw import shuffled
from lrquiz.quiz.ordering import frozen_order
from lrquiz.verify.valuing import mistaken_values


def freeze(verified: VerifiedVariant, seed: int) -> QuizItem:
    """Return the item that students see. Option order depends on the seed, never on the key."""
    variant, item, proof = verified.variant, verified.variant.item, verified.proof
    assert proof is not None, "what holds was proved"
    options = [
        _option(option, decision, variant, proof)
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
        curves=tuple(curves_of(variant, proof.lines)),
        hint=variant.hint,
        solution=variant.solution,
        common_mistakes=variant.common_mistakes,
        value=_value(variant.value, proof.measured) if variant.value else None,
        back=variant.back or None,
        checklist=variant.checklist or None,
        blank=blank_of(variant) if item.type is ItemType.FILL_IN else None,
        translations=dict(_translations(variant)) or None,
        order=frozen_order(variant, proof.orders, seed) if variant.order else None,
    )


def _translations(variant: Variant) -> Iterator[tuple[str, ItemTexts]]:
    """Yield the variant's texts in every language that they are translated into."""
    for translation, told in translations_of(variant):
        options = {
            each.id: OptionTexts(each.text, each.feedback, translation.measured[each.id])
            for each in told.options
        }
        yield (
            translation.language,
            ItemTexts(
                title=translation.item.title,
                stem=told.stem,
                options=options,
                premises=tuple(each.says for each in told.premises),
                hint=told.hint,
                solution=told.solution,
                common_mistakes=told.common_mistakes,
                back=told.back,
                checklist=told.checklist,
            ),
        )


def blank_of(variant: Variant) -> QuizBlank:
    """Return the code of a fill-in, with its blank."""
    experiment = variant.experiment
    return QuizBlank(recipe_info(experiment.recipe).code, experiment.epochs)


def _option(option: Option, decision: Decision, variant: Variant, proof: Proof) -> QuizOption:
    curve = curve_shown(option, variant, proof)
    evidence = _evidence(decision, _says(variant.item, decision))
    return QuizOption(option.id, text_shown(option, curve), option.feedback, evidence, curve)


def _says(item: Item, decision: Decision) -> str | None:
    """Return what was measured of a response, without the name of its arm; None: as ever."""
    if item.type is not ItemType.FILL_IN:
        return None
    claim = decision.claim
    (arm,) = arms_of(claim)
    given = {k: "this_response" if v == arm else v for k, v in claim.parameters.items()}
    return in_words(replace(claim, parameters=given))


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
