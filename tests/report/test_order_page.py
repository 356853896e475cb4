"""Lines to put in order on pages: what is shown to whom, also without scripts."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from lrquiz.grade.responses.scoring import rescored
from lrquiz.model.decision import Level
from lrquiz.model.mark import Mark
from lrquiz.model.paper import Paper, PaperItem
from lrquiz.model.record import ItemResponse, Record
from lrquiz.model.run import Ending
from lrquiz.report.exam import exam_page
from lrquiz.report.exam_view import ExamPages
from lrquiz.report.order_view import order_view
from lrquiz.report.response_view import response_views
from lrquiz.report.told import Told
from lrquiz.report.write import write_quiz_page
from tests.verify.ordered_loops import BATCH, LATE, RIGHT, frozen, quiz

QUIZ = quiz()
EXAM_PAPER = Paper("p1", "ada", (PaperItem(BATCH, "", frozen()[1].shown),))


def page(folder: Path) -> str:
    write_quiz_page(QUIZ, folder / "practice.html")
    return (folder / "practice.html").read_text()


def test_a_practice_page_knows_every_order(tmp_path: Path) -> None:
    """The page's script finds each of 120 orders, with what it did; few bytes tell it."""
    text = page(tmp_path)
    orders = re.findall(r'data-orders="([^"]*)"', text)
    assert len({each for group in orders for each in group.split()}) == 120
    assert 'data-places="clear forward loss backward step"' in text
    assert len(text) < 110_000


def test_a_page_is_complete_without_scripts(tmp_path: Path) -> None:
    """Fields take the places of lines; right orders and feedback stand in details."""
    text = page(tmp_path)
    assert text.count('type="number" min="1" max="5"') == 5
    view = order_view(frozen()[1])
    assert len(view.right) == len(RIGHT)
    assert all(f'<span class="letters">{each}</span>' in text for each in view.right)
    assert all(str(each.feedback) in text for each in view.mistakes)
    assert "All 120 orders were run; 4 of them hold." in text


def test_letters_stay_with_their_lines() -> None:
    """Right orders are told in the letters that the page gives to lines."""
    order = frozen()[1]
    view = order_view(order)
    letters = {each.id: each.letter for each in view.lines}
    assert [each.id for each in view.lines] == list(order.shown)
    assert set(view.right) == {" ".join(letters[line] for line in each) for each in RIGHT}


def test_an_exam_page_gives_nothing_away() -> None:
    """A paper shows lines by number: no id of a line, no outcome, no feedback."""
    item, order = frozen()
    text = exam_page(ExamPages(QUIZ, "label").view(EXAM_PAPER, "Ada"))
    shown = re.findall(r'data-line="(\d)"', text)
    assert shown == ["1", "2", "3", "4", "5"]
    inside = text[text.index("<article") : text.index("</article>")]
    for secret in (BATCH, "data-orders", "backward&#34;", item.hint):
        assert secret not in inside
    assert order.feedback not in text
    other = replace(order, feedback="else", mistakes=(), groups=order.groups[::-1])
    changed = replace(QUIZ, items=(replace(item, order=other),))
    assert exam_page(ExamPages(changed, "label").view(EXAM_PAPER, "Ada")) == text


def told(order: tuple[str, ...], level: Level) -> Told:
    response = ItemResponse(BATCH, "", order)
    at = Record("ada", "digest", "", QUIZ.id, "1", Ending.OK, "", 0.0, 1.0, responses=(response,))
    record = rescored(at, QUIZ)
    mark = Mark("ada", record.score, 1.0, "ok", "", "digest", machine=record.score)
    return Told(record, mark, quiz=QUIZ, level=level)


def test_feedback_names_the_mistakes_that_were_made() -> None:
    """A student sees the order that was handed in and the mistakes of that order alone."""
    (view,) = response_views(told(LATE, Level.FEEDBACK))
    assert view.outcome_says == "not right"
    assert view.ordered[0] == "optimizer.step()"
    assert "comes before this batch's" in view.feedback
    assert "stands between" not in view.feedback
    assert view.solution is None
    (right,) = response_views(told(RIGHT[2], Level.SOLUTIONS))
    assert right.outcome_says == "right"
    assert right.solution is not None
    assert right.solution.item.order is not None
