"""What was responded to the items of a quiz and what is to be said of it, as plain data.

Before solutions are released nothing here depends on what would have been right, apart from the
outcome of what was responded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from lrquiz.model.decision import Level
from lrquiz.model.item import ItemType
from lrquiz.model.quiz import QuizItem
from lrquiz.model.record import ItemResponse
from lrquiz.model.task import CheckResult, Outcome
from lrquiz.render import markdown
from lrquiz.render.chart import Chart
from lrquiz.report.curve_options import curve_options
from lrquiz.report.evidence_words import evidence_words
from lrquiz.report.mark_view import WAITS, PointsView, part_points
from lrquiz.report.solution_view import SolutionView, rendered, solution_view
from lrquiz.report.told import Told
from lrquiz.report.written import said_of
from lrquiz.resources.texts import base_of, said

VOIDED = said("voided: it counts for nobody")
_UNSCORED = said("not scored")
_SAID = frozenset({"right", "not right", "no response"})
"""what outcomes say already"""


@dataclass(frozen=True, slots=True)
class ChosenView:
    """An option that was chosen."""

    text: Markup
    feedback: Markup
    chart: Chart | None = None
    """of a curve, on the page of who chose it"""


@dataclass(frozen=True, slots=True)
class ResponseView:
    """One item of a student's paper."""

    label: str
    outcome: str
    """names the style"""
    outcome_says: str
    points: PointsView
    stem: Markup
    chosen: tuple[ChosenView, ...]
    ordered: tuple[str, ...]
    """lines in the order in which they were put"""
    written: str
    is_code: bool
    is_given: bool
    evidence: str
    """why the outcome is what it is, where it does not say that itself"""
    feedback: Markup
    """on what was written"""
    solution: SolutionView | None


def response_views(told: Told, *, is_staff: bool = False) -> tuple[ResponseView, ...]:
    """Return what a page shows of each item, in the order of the paper.

    What staff see names the items and their variants, whatever the student may see.
    """
    shown = _for_staff if is_staff else _for_student
    return tuple(
        shown(number, told, check, response)
        for number, (check, response) in enumerate(answered(told), start=1)
    )


def answered(told: Told) -> Iterator[tuple[CheckResult, ItemResponse]]:
    """Yield each item's result with what was responded to it, in the order of the paper."""
    results = {each.check: each for each in told.record.checks}
    for response in told.record.responses:
        if response.item in results:
            yield results[response.item], response


def item_of(told: Told, response: ItemResponse) -> QuizItem | None:
    """Return the item that was responded to; None where there is no quiz that holds it."""
    items = () if told.quiz is None else told.quiz.items
    wanted = (response.item, response.variant)
    found = next((each for each in items if (each.id, each.variant) == wanted), None)
    return found and found.spoken(base_of(told.language))


def outcome_says(check: CheckResult, told: Told) -> str:
    """Return an item's outcome in words: the machine's, or that a person has decided."""
    if check.outcome is Outcome.UNCHECKED:
        return VOIDED if "voided" in check.evidence else _UNSCORED
    if check.outcome is Outcome.OPEN:
        return _open_says(check, told)
    if check.outcome is Outcome.PASSED:
        return said("right")
    is_partly = 0 < check.points < check.worth
    return said("partly right") if is_partly else said("not right")


def _open_says(check: CheckResult, told: Told) -> str:
    if not check.worth:
        return _UNSCORED
    mark = told.parts.get(check.check)
    return WAITS if mark is None or mark.points is None else said("marked")


def _for_student(
    number: int, told: Told, check: CheckResult, response: ItemResponse
) -> ResponseView:
    item = item_of(told, response) if told.level is not Level.SCORE else None
    label = said("Item %(number)s", number=number)
    if item is None:
        return _bare(label, told, check)
    full = _with_curves(_full(label, told, check, response, item), response, item)
    if told.level is not Level.SOLUTIONS:
        return full
    return replace(full, solution=solution_view(item, response, has_chart=True))


def _with_curves(view: ResponseView, response: ItemResponse, item: QuizItem) -> ResponseView:
    """Return the view with the curves that were chosen, where options are curves."""
    charts, title = curve_options(item), said("The curve that was chosen")
    if not charts:
        return view
    ids = (each for each in response.chosen if each in charts)
    chosen = (
        replace(each, chart=replace(charts[option], id=f"chosen-{option}", title=title))
        for each, option in zip(view.chosen, ids, strict=True)
    )
    return replace(view, chosen=tuple(chosen))


def _for_staff(number: int, told: Told, check: CheckResult, response: ItemResponse) -> ResponseView:
    """Charts stay on practice pages: hundreds of pages with the same ones serve nobody."""
    item, name = item_of(told, response), ", ".join(filter(None, (response.item, response.variant)))
    label = said("Item %(number)s: %(name)s", number=number, name=name)
    if item is None:
        return replace(_bare(label, told, check), written=_raw(response))
    full = _full(label, told, check, response, item)
    return replace(full, solution=solution_view(item, response, has_chart=False))


def _raw(response: ItemResponse) -> str:
    return response.text or ", ".join(response.chosen)


def _full(
    label: str, told: Told, check: CheckResult, response: ItemResponse, item: QuizItem
) -> ResponseView:
    markup = rendered(item, has_chart=False)
    texts = {each.id: each for each in markup.options}
    chosen = (texts[each] for each in response.chosen if each in texts)
    return ResponseView(
        label=label,
        outcome=str(check.outcome),
        outcome_says=outcome_says(check, told),
        points=part_points(check, told),
        stem=markup.stem,
        chosen=tuple(ChosenView(each.text, each.feedback) for each in chosen),
        ordered=_ordered(item, response),
        written=response.text,
        is_code=item.type == ItemType.FILL_IN,
        is_given=response.is_given,
        evidence=_evidence(check),
        feedback=markdown.inline(said_of(item, response)),
        solution=None,
    )


def _ordered(item: QuizItem, response: ItemResponse) -> tuple[str, ...]:
    texts = {each.id: each.text for each in item.order.lines} if item.order else {}
    return tuple(texts[each] for each in response.chosen if each in texts)


def _evidence(check: CheckResult) -> str:
    if check.outcome is Outcome.UNCHECKED or check.evidence in {*_SAID, WAITS}:
        return ""
    return evidence_words(check.evidence)


def _bare(label: str, told: Told, check: CheckResult) -> ResponseView:
    """Return an item of which only the points are shown."""
    is_plain = check.outcome in {Outcome.PASSED, Outcome.FAILED}
    return ResponseView(
        label=label,
        outcome="",
        outcome_says="" if is_plain else outcome_says(check, told),
        points=part_points(check, told),
        stem=Markup(),
        chosen=(),
        ordered=(),
        written="",
        is_code=False,
        is_given=True,
        evidence="",
        feedback=Markup(),
        solution=None,
    )
