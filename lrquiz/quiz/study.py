"""One study of a pipeline as its page holds it: arms, how they ended, statements with figures."""

from __future__ import annotations

from lrquiz.bank.finding import recipe_info
from lrquiz.bank.pipeline_texts import Facts, filled_in
from lrquiz.model.item import Premise, Quantifier
from lrquiz.model.pipeline import Study
from lrquiz.model.pipeline_page import ArmEnd, ShownStudy
from lrquiz.model.quiz import Evidence
from lrquiz.model.verdict import Decision
from lrquiz.verify.pipelines import Comparison


def shown_study(study: Study, compared: Comparison, facts: Facts) -> ShownStudy:
    """Return a study with its texts filled in.

    Args:
        study: as the pipeline's file gives it.
        compared: what runs show of it.
        facts: of the whole page.

    Raises:
        ValueError: a text speaks of what no run showed.
    """
    own = facts.of_study(study.id)
    return ShownStudy(
        id=study.id,
        name=study.name,
        text=filled_in(study.text, own),
        quantity=study.quantity,
        has_accuracy="epoch.accuracy" in recipe_info(study.experiment.recipe).records,
        arms=tuple(_arm(study, name, compared) for name in study.experiment.arms),
        comparisons=_evidence(study.comparisons, compared.comparisons, own),
    )


def support_of(study: Study, compared: Comparison, facts: Facts) -> tuple[Evidence, ...]:
    """Return what a study shows for the page's insight.

    Raises:
        ValueError: a statement speaks of what no run showed.
    """
    return _evidence(study.support, compared.support, facts.of_study(study.id))


def _arm(study: Study, name: str, compared: Comparison) -> ArmEnd:
    settings, end = study.experiment.arms[name], compared.ends[name]
    return ArmEnd(
        arm=name,
        settings=", ".join(f"{each} {value}" for each, value in settings.items()),
        lines=compared.lines[name],
        loss=end.loss,
        accuracy=end.accuracy,
        finite=end.finite,
        trials=end.trials,
    )


def _evidence(
    stated: tuple[Premise, ...], decided: tuple[Decision, ...], facts: Facts
) -> tuple[Evidence, ...]:
    pairs = zip(stated, decided, strict=True)
    return tuple(_of_statement(filled_in(each.says, facts), decision) for each, decision in pairs)


def _of_statement(says: str, decision: Decision) -> Evidence:
    """Return in how many runs a statement's words were true.

    A claim that says "never" counts the runs in which it happened; its words are true in the rest.
    """
    held, lower, upper = decision.held, decision.lower, decision.upper
    if decision.claim.quantifier is Quantifier.NEVER:
        held, lower, upper = decision.trials - held, 1 - upper, 1 - lower
    return Evidence(says, decision.verdict, held, decision.trials, lower, upper)
