"""Numbers about a class: averages, distribution, endings, mistakes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrquiz.analysis.summary import summarise
from lrquiz.model.record import Record
from lrquiz.model.run import Ending
from lrquiz.model.task import Diagnosis


def record(
    score: float | None,
    points: float = 10.0,
    *,
    ending: Ending = Ending.OK,
    mistake: str = "",
) -> Record:
    found = (Diagnosis(mistake, "title", 1, "", "", ""),) if mistake else ()
    return Record(
        student="s",
        submission="",
        source="",
        task="t",
        task_version="",
        ending=ending,
        detail="",
        score=score,
        points=points,
        diagnoses=found,
    )


def test_averages_leave_out_what_a_person_must_look_at() -> None:
    """A record without a score counts as submitted and in no average."""
    summary = summarise([record(2.0), record(4.0), record(9.0), record(None)])
    assert (summary.submissions, summary.scored) == (4, 3)
    assert (summary.mean, summary.median) == (5.0, 4.0)


def test_a_class_without_a_score_has_no_average() -> None:
    """No score is no average, not zero."""
    summary = summarise([record(None)])
    assert summary.mean is None
    assert summary.median is None
    assert sum(count for _, count in summary.distribution) == 0


@settings(deadline=None, max_examples=60)
@given(st.sampled_from([1.0, 3.0, 7.0, 10.0, 49.0, 100.0]), st.data())
def test_every_score_is_in_one_range(points: float, data: st.DataObject) -> None:
    """The ranges hold all scores between them, zero and full marks included."""
    scores = data.draw(st.lists(st.floats(0, points), min_size=1, max_size=9))
    summary = summarise([record(score, points) for score in scores])
    assert sum(count for _, count in summary.distribution) == len(scores)
    assert len(summary.distribution) == 5


@pytest.mark.parametrize("points", [1.0, 2.0, 3.0, 7.0, 9.0, 10.0, 49.0, 100.0])
@pytest.mark.parametrize("fifths", range(6))
def test_a_boundary_belongs_to_the_range_that_starts_there(points: float, fifths: int) -> None:
    """0.6 of 1 lies in "0.6 to under 0.8"; only full marks share a range with what is below."""
    summary = summarise([record(points * fifths / 5, points)])
    counts = [count for _, count in summary.distribution]
    assert counts.index(1) == min(fifths, 4)


def test_ranges_are_named_by_their_ends() -> None:
    """The names of the ranges run from zero to full marks."""
    names = [name for name, _ in summarise([record(1.0)]).distribution]
    assert names[0] == "0 to under 2"
    assert names[-1] == "8 to 10"


def test_a_task_without_points_has_a_summary() -> None:
    """A rubric worth nothing, which is a task for practice, divides nothing by zero."""
    summary = summarise([record(0.0, 0.0), record(None, 0.0)])
    assert summary.mean == 0.0


def test_endings_and_mistakes_come_most_frequent_first() -> None:
    """Ties go by name, so that the same class gives the same page."""
    records = [
        record(1.0, ending=Ending.TIME_LIMIT, mistake="S1"),
        record(1.0, mistake="G6"),
        record(1.0, mistake="G1"),
        record(1.0, mistake="G6"),
    ]
    summary = summarise(records)
    assert summary.endings == (("ok", 3), ("time limit", 1))
    assert summary.mistakes == (("G6 title", 2), ("G1 title", 1), ("S1 title", 1))


def test_what_counts_goes_before_what_the_machine_gave() -> None:
    """Scores after lateness and people's marks make the averages, and every student counts."""
    summary = summarise([record(2.0), record(None)], [(1.0, 10.0), (9.0, 10.0), (None, 10.0)])
    assert (summary.submissions, summary.scored, summary.mean) == (3, 2, 5.0)
