"""Item analysis: what is counted, over whom, and which items are to be looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrquiz.analysis.choices import top_third
from lrquiz.analysis.items import Analysis, Flag, ItemStatistics, analyse
from lrquiz.analysis.works import Part, Work, first_works, scored_work
from lrquiz.grade.gradebook import open_gradebook
from lrquiz.grade.intake import Submission
from lrquiz.model.decision import Adjustment, Decision, DecisionKind
from lrquiz.model.quiz import Quiz
from lrquiz.model.record import ItemResponse, Record
from lrquiz.model.run import Ending
from lrquiz.model.task import CheckResult, Outcome
from lrquiz.quiz import read_quiz

QUIZ = read_quiz(Path(__file__).resolve().parent.parent / "recorded" / "exam.json")
ITEM = QUIZ.items[0]
KEY, WRONG = ITEM.key[0], next(each.id for each in ITEM.options if each.id not in ITEM.key)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def work(points: Mapping[str, float], chosen: str = "") -> Work:
    """Return a work of parts worth one point, with a choice in the recorded single choice."""
    responses = {ITEM.id: ItemResponse(ITEM.id, ITEM.variant, (chosen,))} if chosen else {}
    return Work({part: Part(part, each, 1.0) for part, each in points.items()}, responses)


def chose(option: str, rest: float) -> Work:
    """Return a work in which an option was chosen; `rest` is the share of all other points."""
    made = work({ITEM.id: float(option in ITEM.key)}, option)
    return replace(made, parts={**made.parts, "rest": Part("rest", 3 * rest, 3.0)})


def item(found: Analysis, part: str = ITEM.id) -> ItemStatistics:
    return next(each for each in found.items if each.part == part)


def of_item() -> Quiz:
    """Return the recorded quiz with an item in place of what "rest" stands for."""
    return replace(QUIZ, items=(ITEM, replace(ITEM, id="rest", options=(), key=())))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), min_size=1, max_size=20))
def test_facility_is_the_share_of_points_had(rows: list[tuple[bool, bool, bool]]) -> None:
    """Of items worth a point, facility is how many had it; the mean is over whole works."""
    found = analyse([work({str(i): float(each) for i, each in enumerate(row)}) for row in rows])
    for index, each in enumerate(found.items):
        assert each.facility == pytest.approx(sum(row[index] for row in rows) / len(rows))
    assert found.mean == pytest.approx(sum(map(sum, rows)) / (3 * len(rows)))


def test_an_item_against_its_key_is_flagged() -> None:
    """Where the better choose a distractor and the others the key, the statistics contradict it."""
    works = [*(chose(WRONG, 1.0) for _ in range(6)), *(chose(KEY, 0.0) for _ in range(4))]
    found = item(analyse(works, of_item()))
    assert found.item_rest == pytest.approx(-1.0)
    assert found.contradicts_key
    assert {Flag.NEGATIVE, Flag.PREFERRED} <= set(found.flags)
    chosen = {each.option: (each.chosen, each.top) for each in found.choices}
    assert (chosen[WRONG], chosen[KEY]) == ((6, 6), (4, 0))


def test_a_handful_of_students_contradicts_no_key() -> None:
    """Below ten students a coefficient is mostly chance, so nothing is flagged."""
    works = [*(chose(WRONG, 1.0) for _ in range(5)), *(chose(KEY, 0.0) for _ in range(4))]
    found = item(analyse(works, of_item()))
    assert found.item_rest == pytest.approx(-1.0)
    assert not found.flags


def test_an_item_that_works_is_not_flagged() -> None:
    """The better choose the key, the others do not, and every distractor misleads somebody."""
    wrong = [each.id for each in ITEM.options if each.id not in ITEM.key]
    works = [*(chose(KEY, 1.0) for _ in range(15)), *(chose(each, 0.0) for each in wrong * 3)]
    found = item(analyse(works, of_item()))
    assert found.flags == ()
    assert found.item_rest == pytest.approx(1.0)


@pytest.mark.parametrize(("right", "flag"), [(0, Flag.HARD), (20, Flag.EASY)])
def test_facility_out_of_range_is_flagged(right: int, flag: Flag) -> None:
    """What nearly nobody or nearly everybody has right tells nobody apart."""
    works = [*(chose(KEY, 1.0) for _ in range(right)), *(chose(WRONG, 0.0) for _ in range(20))]
    assert flag in item(analyse(works[:20], of_item())).flags


@pytest.mark.parametrize("students", [19, 20])
def test_a_distractor_nobody_chose_is_flagged_in_a_class_of_twenty(students: int) -> None:
    """In a smaller class nothing follows from that."""
    works = [chose((KEY, WRONG)[i % 2], float(1 - i % 2)) for i in range(students)]
    assert (Flag.UNCHOSEN in item(analyse(works, of_item())).flags) == (students == 20)


def test_an_accepted_option_is_no_distractor() -> None:
    """After `regrade --accept` it belongs to the key: nothing contradicts that."""
    works = [*(chose(WRONG, 1.0) for _ in range(6)), *(chose(KEY, 0.0) for _ in range(4))]
    accepted = Decision(DecisionKind.ACCEPT, QUIZ.id, ITEM.id, "", "", NOW, option=WRONG)
    found = item(analyse(works, of_item(), [accepted]))
    assert Flag.PREFERRED not in found.flags
    assert all(each.is_key for each in found.choices if each.option in {KEY, WRONG})


def test_variants_that_differ_in_their_key_are_counted_apart() -> None:
    """An option that is right in one variant only is neither key nor distractor of the item."""
    other = replace(ITEM, variant="other", key=(WRONG,))
    quiz = replace(QUIZ, items=(ITEM, other))
    elsewhere = Work(
        {ITEM.id: Part("", 1.0, 1.0)}, {ITEM.id: ItemResponse(ITEM.id, "other", (WRONG,))}
    )
    found = {
        each.option: each for each in item(analyse([chose(KEY, 1.0), elsewhere], quiz)).choices
    }
    assert (found[WRONG].as_key, found[WRONG].shown, found[WRONG].chosen) == (1, 2, 1)
    assert not found[WRONG].is_key
    assert not found[WRONG].is_distractor


def test_consistency_needs_the_same_items() -> None:
    """Where students were asked different items no alpha is made up; items are compared still."""
    works = [work({"a": 1.0, "b": 1.0}), work({"a": 0.0, "b": 0.0}), work({"a": 1.0, "c": 0.0})]
    found = analyse(works)
    assert found.consistency is None
    assert [(each.part, each.students) for each in found.items] == [("a", 3), ("b", 2), ("c", 1)]
    assert analyse(works[:2]).consistency == pytest.approx(1.0)


def test_an_empty_class_has_no_statistics() -> None:
    """Nothing was handed in: no number, no error."""
    found = analyse([], QUIZ)
    assert (found.students, found.mean, found.items) == (0, None, ())


@given(st.lists(st.integers(0, 5), min_size=1, max_size=30))
def test_the_top_third_is_as_good_as_its_last(points: list[int]) -> None:
    """It holds at least a third, one student at least, and nobody better is outside."""
    works = [work({"a": each / 5}) for each in points]
    top = [each.share for each in top_third(works)]
    assert len(top) >= max(1, len(works) // 3)
    assert sorted((each.share for each in works), reverse=True)[: len(top)] == sorted(top)[::-1]


def record(student: str, submission: str, *checks: CheckResult) -> Record:
    return Record(student, submission, "", "t", "v", Ending.OK, "", 1.0, 2.0, checks=checks)


def check(name: str, points: float, worth: float = 1.0, outcome: str = "passed") -> CheckResult:
    return CheckResult(name, name, Outcome(outcome), points, worth)


def test_voided_and_unscored_parts_are_left_out() -> None:
    """What is worth nothing is no item, so it is in no total and no correlation."""
    found = scored_work(record("s", "d", check("a", 1.0), check("b", 0.0, 0.0, "unchecked")), {})
    assert found is not None
    assert list(found.parts) == ["a"]
    assert scored_work(record("s", "d", check("b", 0.0, 0.0, "unchecked")), {}) is None


def test_an_open_part_waits_for_a_persons_mark() -> None:
    """A work counts once it is scored, with the points that the person gave."""
    open_one = record("s", "d", check("a", 1.0), check("b", 0.0, 2.0, "open"))
    assert scored_work(open_one, {}) is None
    mark = Adjustment("s", "t", "b", 1.5, "", "", "", NOW, "d")
    found = scored_work(open_one, {"b": mark})
    assert found is not None
    assert found.points == pytest.approx(2.5)


def test_only_first_attempts_are_analysed(tmp_path: Path) -> None:
    """Who tries again says how well feedback was read; who was refused at first says nothing."""
    with open_gradebook(tmp_path / "book") as book:
        tries = (
            record("ada", "one", check("a", 0.0, outcome="failed")),
            record("ada", "two", check("a", 1.0)),
            record("bob", "three", check("a", 1.0)),
            replace(record("cy", "four"), score=None, ending=Ending.INTERNAL_ERROR),
        )
        for each in tries:
            book.hand_in("t", [Submission(each.student, "", each.submission)], {})
            book.add(each)
        assert [each.points for each in first_works(book, "t")] == [0.0, 1.0]
