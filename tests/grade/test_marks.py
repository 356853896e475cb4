"""Marks: what is late and what it costs, which attempt counts, who shares it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.grade.gradebook import Attempt
from lrquiz.grade.marks import (
    Rules,
    counting_attempts,
    days_late,
    late_factor,
    marks_of,
    shared,
    with_missing,
)
from lrquiz.model.course import Counting, Course, LateRule, Roster, Student
from lrquiz.model.mark import Mark

DUE = datetime(2026, 11, 30, 23, 59, tzinfo=UTC)
ATTEMPT = Attempt(
    *("ada", "task", "digest", None, 1, "v", "full", "ok", "", 8.0, 10.0, 0.1, 50.0, None)
)
COURSE = Course(Path(), "Course", "en", "full", Counting.BEST, deadline=DUE)
RULE = LateRule(free_days=1, per_day=0.25, last_day=4)
MARK = Mark("ada", 8.0, 10.0, "ok", "", "digest")

moments = st.datetimes(datetime(2000, 1, 1), datetime(2099, 1, 1)).map(  # noqa: DTZ001 - zoned next
    lambda each: each.replace(tzinfo=UTC)
)
spans = st.timedeltas(timedelta(days=-30), timedelta(days=30))
rules = st.builds(
    LateRule,
    grace=st.timedeltas(timedelta(), timedelta(hours=2)),
    free_days=st.integers(0, 5),
    per_day=st.floats(0, 1),
    last_day=st.integers(0, 20),
)


def attempt(score: float | None, days: float | None = None, student: str = "ada") -> Attempt:
    moment = None if days is None else DUE + timedelta(days=days)
    return replace(ATTEMPT, student=student, score=score, handed_in=moment)


@pytest.mark.parametrize(
    ("seconds", "days"), [(-1, 0), (0, 0), (1, 1), (86400, 1), (86401, 2), (7 * 86400, 7)]
)
def test_a_day_begins_with_its_first_second(seconds: int, days: int) -> None:
    """In time is not late; a second late is a day late; a whole day late is one day."""
    assert days_late(DUE + timedelta(seconds=seconds), DUE) == days


def test_nothing_is_late_without_two_times() -> None:
    """Where the time of handing in, or a deadline, is not known, lateness is not known."""
    assert days_late(None, DUE) is None
    assert days_late(DUE, None) is None


@given(moments, spans, st.integers(-12, 12))
def test_lateness_is_the_same_in_every_zone(due: datetime, late: timedelta, hours: int) -> None:
    """The clock of a zone changes how a moment is written, not how late it is."""
    elsewhere = (due + late).astimezone(timezone(timedelta(hours=hours)))
    assert days_late(elsewhere, due) == days_late(due + late, due)


@given(moments, spans, st.timedeltas(timedelta(), timedelta(days=2)))
def test_grace_only_forgives(due: datetime, late: timedelta, grace: timedelta) -> None:
    """Within the grace nobody is late; beyond it a hand-in is as late as without."""
    strict, kind = days_late(due + late, due), days_late(due + late, due, grace)
    assert kind == (0 if late <= grace else strict)


@given(st.integers(0, 40), rules, st.none() | st.integers(0, 10))
def test_lateness_never_pays(days: int, rule: LateRule, own: int | None) -> None:
    """A factor lies in 0 to 1, falls with the days, is 1 in free days, and 0 after the last."""
    factor, free = late_factor(days, rule, own), rule.free_days if own is None else own
    assert 0 <= late_factor(days + 1, rule, own) <= factor <= 1
    if days <= free:
        assert factor == 1
    if days > max(rule.last_day, free) and own is None:
        assert factor == 0


@given(st.integers(0, 40), rules, st.integers(0, 9))
def test_free_days_of_ones_own_help(days: int, rule: LateRule, more: int) -> None:
    """Who has more free days than another never loses more."""
    assert late_factor(days, rule, more) <= late_factor(days, rule, more + 1)


@given(st.none() | st.integers(0, 99))
def test_without_a_rule_nothing_is_lost(days: int | None) -> None:
    """A course without a late rule, or a time that nobody knows, costs nothing."""
    assert late_factor(days, None) == 1
    assert late_factor(None, RULE) == 1


@pytest.mark.parametrize(
    ("days", "score"),
    [(None, 8), (-1, 8), (1, 8), (2, 6), (3, 4), (4, 2), (4.5, 0), (9, 0)],
)
def test_a_late_score_is_cut(days: float | None, score: float) -> None:
    """One free day, then a quarter a day; nothing after the fourth; unknown times cost nothing."""
    mark = Rules("task", replace(COURSE, late=RULE)).mark(attempt(8.0, days))
    assert mark.score == score
    assert (mark.days_late is None) == (days is None)


def test_a_student_may_have_dates_of_ones_own() -> None:
    """One's own deadline and free days stand before the task's, and that before the course's."""
    roster = Roster((Student("ADA", due=DUE + timedelta(days=9)), Student("bob", late_days=3)))
    course = replace(COURSE, late=RULE, deadlines={"task": DUE - timedelta(days=1)})
    marked = [Rules("task", course, roster).mark(attempt(8.0, 2, who)) for who in ("ada", "bob")]
    assert [mark.days_late for mark in marked] == [0, 3]
    assert [mark.factor for mark in marked] == [1, 1]
    assert Rules("task", course, roster).mark(attempt(8.0, 2, "eve")).factor == 0.5
    assert Rules("other", course, roster).mark(attempt(8.0, 2, "eve")).factor == 0.75


@pytest.mark.parametrize(
    ("scores", "best", "last"),
    [
        ([3, 9, 5], 9, 5),
        ([9, 9], 9, 9),
        ([None, 4], None, 4),
        ([None, 10], 10, 10),
        ([4, None], None, None),
    ],
)
def test_best_or_last(scores: list[float | None], best: float | None, last: float | None) -> None:
    """The last attempt, or the best: one that is still open could be it, unless all is reached."""
    attempts = [attempt(score) for score in scores]
    assert [each.score for each in counting_attempts(attempts, Rules("task", COURSE))] == [best]
    assert [each.score for each in counting_attempts(attempts, Rules("task"))] == [last]


def test_the_best_attempt_is_the_best_after_lateness() -> None:
    """A better attempt that came too late does not displace one in time."""
    course = replace(COURSE, late=RULE)
    (chosen,) = counting_attempts([attempt(5.0, -1), attempt(9.0, 4)], Rules("task", course))
    assert chosen.score == 5.0


def test_an_open_attempt_stands_only_while_it_could_win() -> None:
    """What lateness leaves of its points has to be more than another has; the detail says why."""
    course = replace(COURSE, late=RULE)
    for late, score, best in ((3, 6.0, 6.0), (3, 4.0, None), (9, 0.5, 0.5), (-1, 9.5, None)):
        attempts = [attempt(None, late), attempt(score, -1)]
        (mark,) = marks_of(attempts, Rules("task", course))
        assert mark.score == best
        assert (f"the best of the others, {score:g} points" in mark.detail) == (best is None)
    (last,) = marks_of([attempt(3.0), attempt(None)], Rules("task"))
    assert (last.score, last.detail) == (None, "it is the last one, and another has 3 points")


@given(st.lists(st.none() | st.floats(0, 10), min_size=1))
def test_the_best_is_no_worse_than_any(scores: list[float | None]) -> None:
    """No attempt that is left aside has more than the one that counts, or could get more."""
    (mark,) = marks_of([attempt(each) for each in scores], Rules("task", COURSE))
    known = [each for each in scores if each is not None]
    if mark.score is None:
        assert None in scores
        assert max(known, default=0.0) < 10
    else:
        assert mark.score == max(known)


TEAM = Roster(tuple(Student(name, group=group) for name, group in zip("ABCD", "xXy ", strict=True)))


def test_a_group_shares_its_best_mark() -> None:
    """Everyone of a group has the best mark among them, whoever of them handed it in."""
    marks = [replace(MARK, student="a", score=4.0), replace(MARK, student="b", score=6.0)]
    found = {mark.student: mark for mark in shared(marks, TEAM)}
    assert {name: mark.score for name, mark in found.items()} == {"a": 6.0, "b": 6.0}
    assert [found["a"].shared_by, found["b"].shared_by] == ["b", ""]
    (one, other) = shared([replace(MARK, student="a")], TEAM)
    assert (one.student, other.student, one.score, one.shared_by) == ("B", "a", 8.0, "a")


@given(st.dictionaries(st.sampled_from("ABCDE"), st.none() | st.floats(0, 10)))
def test_sharing_takes_from_nobody(scores: dict[str, float | None]) -> None:
    """No scored mark falls to another scored one, members agree, and who is alone keeps a mark."""
    marks = [replace(MARK, student=name, score=score) for name, score in scores.items()]
    found = {mark.student: mark.score for mark in shared(marks, TEAM)}
    for name, score in scores.items():
        after = found[name]
        assert score is None or after is None or after >= score
    assert found.get("A") == found.get("B")
    for alone in set(scores) - {"A", "B"}:
        assert found[alone] == scores[alone]


def test_who_handed_in_nothing_has_a_row() -> None:
    """Everybody on the roster without an attempt anywhere, with no score and nothing to do."""
    found = with_missing([replace(MARK, student="a")], TEAM, ["a", "c"])
    assert [(each.student, each.is_missing, each.needs_attention) for each in found] == [
        ("B", True, False),
        ("D", True, False),
        ("a", False, False),
    ]
    assert {each.points for each in found} == {10.0}
    assert with_missing([], Roster(()), []) == ()
