"""Decisions about everybody's marks, on what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from lrquiz.errors import RegradeError
from lrquiz.grade.gradebook import Gradebook
from lrquiz.grade.intake import Submission
from lrquiz.grade.marks import Rules
from lrquiz.grade.people.adjusting import standing
from lrquiz.grade.people.deciding import decided_version, ruled_task
from lrquiz.grade.people.deciding_parts import Decidable
from lrquiz.grade.people.regrading import Regrade, keep, regrade
from lrquiz.grade.people.rubric_file import read_rubric
from lrquiz.grade.people.ruling_task import RuledTask
from lrquiz.grade.responses.scoring import rescored
from lrquiz.model.decision import Decision, DecisionKind
from lrquiz.model.record import Record
from lrquiz.model.run import Ending
from lrquiz.model.task import CheckResult, Criterion, Outcome, Task
from tests.grade.people.exam_made import NOW, QUIZ, book_of, flagged, mark, release, responded

ADA = {"rate": "falls", "decay": "half"}
BOB = {"rate": "bounces", "decay": "half"}


def decision(
    kind: DecisionKind,
    part: str,
    *,
    option: str = "",
    points: float | None = None,
    work: str = QUIZ.id,
    rubric: tuple[Criterion, ...] = (),
) -> Decision:
    return Decision(kind, work, part, "why not", "prof", NOW, option, points, rubric)


def renew(records: Sequence[Record], decisions: Sequence[Decision]) -> list[Record]:
    return [rescored(each, QUIZ, decisions) for each in records]


def regraded(book: Gradebook, one: Decision) -> Regrade:
    return regrade(book, Rules(QUIZ.id), one, renew)


def told(made: Regrade) -> tuple[list[str], list[str]]:
    return [each.student for each in made.up], [each.student for each in made.down]


VOID_RATE = decision(DecisionKind.VOID, "rate")


def test_who_goes_up_or_down_is_told_by_share(tmp_path: Path) -> None:
    """A voided item counts for nobody: who had it wrong goes up, who had it right goes down."""
    with book_of(tmp_path, responded("ada", ADA), responded("bob", BOB)) as book:
        made = regraded(book, VOID_RATE)
        assert told(made) == (["bob"], ["ada"])
        (bob,) = made.up
        assert bob.before is not None
        assert bob.after is not None
        assert (bob.before.score, bob.before.points) == (2.0, 8.0)
        assert (bob.after.score, bob.after.points) == (2.0, 6.0)
        assert list(made.means) == pytest.approx([3 / 8, 1 / 3])
        assert book.decisions(QUIZ.id) == ()


def test_a_decision_is_kept_with_its_results(tmp_path: Path) -> None:
    """Kept, it holds for every attempt, and says how many it raised and lowered."""
    with book_of(tmp_path, responded("ada", ADA), responded("bob", BOB)) as book:
        keep(regraded(book, decision(DecisionKind.ACCEPT, "rate", option="bounces")), book)
        (kept,) = book.decisions(QUIZ.id)
        assert (kept.raised, kept.lowered) == (1, 0)
        assert {each.score for each in standing(book, QUIZ.id)} == {4.0}
        versions = {each.task_version for each in book.attempts(QUIZ.id)}
        assert versions == {decided_version(QUIZ.id, [kept])}


def test_what_a_decision_did_says_nothing_of_how_to_grade() -> None:
    """The counts of the log are no part of the version of results."""
    counted = replace(VOID_RATE, raised=3, lowered=4)
    assert decided_version("v", [counted]) == decided_version("v", [VOID_RATE])
    assert decided_version("v", [VOID_RATE]) != decided_version("v", [])


def test_marks_by_people_stay_but_on_what_was_voided(tmp_path: Path) -> None:
    """On other parts they stay as they are; on a voided part they count no more."""
    with book_of(tmp_path, responded("bob", BOB)) as book:
        book.adjust([mark("bob", "rate", 1.5), mark("bob", "decay", 0.5)])
        (before,) = standing(book, QUIZ.id)
        assert (before.score, before.machine) == (2.0, 2.0)
        made = regraded(book, VOID_RATE)
        assert made.uncounted == ("rate",)
        keep(made, book)
        (after,) = standing(book, QUIZ.id)
        assert (after.score, after.points, after.machine, after.adjusted) == (0.5, 6.0, 2.0, True)
        keep(regraded(book, decision(DecisionKind.POINTS, "decay", points=3.0)), book)
        (last,) = standing(book, QUIZ.id)
        assert (last.score, last.points, last.machine) == (0.5, 7.0, 3.0)


def test_what_was_released_is_held_against(tmp_path: Path) -> None:
    """Who would fall below what they were told is named; who was told less, or nothing, is not."""
    with book_of(
        tmp_path, responded("ada", ADA), responded("bob", ADA), responded("cyd", ADA)
    ) as book:
        book.release([release("ada", 4.0), release("bob", 1.0)])
        made = regraded(book, VOID_RATE)
        assert told(made) == ([], ["ada", "bob", "cyd"])
        assert [each.student for each in made.below] == ["ada"]
        assert regraded(book, decision(DecisionKind.POINTS, "why", points=0.0)).below == ()


def test_flagged_files_stay_flagged(tmp_path: Path) -> None:
    """What a person has to look at still waits after a decision."""
    with book_of(tmp_path, flagged("ada")) as book:
        made = regraded(book, VOID_RATE)
        keep(made, book)
        (attempt,) = standing(book, QUIZ.id)
        assert (attempt.score, attempt.ending) == (None, "refused")
        assert told(made) == ([], [])


def test_only_what_is_there_can_be_decided() -> None:
    """Unknown parts and options are told with those that there are; so is what was voided."""
    one = Decidable.quiz(QUIZ, [VOID_RATE])
    with pytest.raises(RegradeError, match="'rate' was voided already; there are: decay, why"):
        one.part("rate")
    with pytest.raises(RegradeError, match=r"'x' is no part of .*; there are: decay, why"):
        one.weighed("x=1")
    with pytest.raises(RegradeError, match=r"no option 'third'; there are: half, tenth, \*"):
        one.accepted("decay=third")
    with pytest.raises(RegradeError, match=r"there are: \*"):
        one.accepted("why=half")
    with pytest.raises(RegradeError, match="not of the shape PART=N"):
        one.weighed("decay")
    with pytest.raises(RegradeError, match="below 0"):
        one.weighed("decay=-2")
    assert one.accepted("why=*") == ("why", "*")
    assert one.accepted("decay=tenth") == ("decay", "tenth")
    assert one.weighed("decay=2,5") == ("decay", 2.5)


# A code task: what is stored is weighed anew, and only what was never looked at is run.


def coded(task: Task, *passed: str) -> Record:
    """Return a record in which these parts passed."""
    checks = tuple(
        CheckResult(
            task.part(line),
            "says",
            Outcome.PASSED if task.part(line) in passed else Outcome.FAILED,
            line.points if task.part(line) in passed else 0.0,
            line.points,
        )
        for line in task.rubric
    )
    return Record(
        student="ada",
        submission="d",
        source="x = 1",
        task=task.id,
        task_version=task.version,
        ending=Ending.OK,
        detail="",
        score=sum(each.points for each in checks),
        points=task.points,
        checks=checks,
        tier="full",
        modules={"a.py": "y = 2"},
        notes=("a cell was left out",),
    )


def nothing_runs(_: Task, submissions: Sequence[Submission]) -> Iterable[Record]:
    raise AssertionError(f"{len(submissions)} would run")


def ruled(task: Task, record: Record, before: Sequence[Decision], new: Decision) -> Record:
    (found,) = RuledTask.of(task, before, new).renewed([record], nothing_runs)
    return found


def of_task(kind: DecisionKind, part: str, points: float | None = None) -> Decision:
    return decision(kind, part, points=points, work="train-with-schedule")


def test_stored_checks_are_weighed_anew(task: Task) -> None:
    """Voided lines and other points need no run; parts keep the names that marks go by."""
    parts = [task.part(line) for line in task.rubric]
    assert any("@" in part for part in parts), "some check is looked at in several cases"
    first = next(part for part in parts if "@" in part)
    void = of_task(DecisionKind.VOID, first)
    one = ruled(task, coded(task, *parts), [], void)
    assert [each.check for each in one.checks] == [part for part in parts if part != first]
    assert (
        one.score
        == one.points
        == task.points - dict(zip(parts, task.rubric, strict=True))[first].points
    )
    weigh = of_task(DecisionKind.POINTS, parts[-1], 10.0)
    two = ruled(task, one, [void], weigh)
    assert two.checks[-1].points == two.checks[-1].worth == 10.0
    assert two.task_version == ruled_task(task, [void, weigh]).version


def test_what_was_never_looked_at_is_run(task: Task) -> None:
    """A line without a stored result has the submission run again, modules and notes with it."""
    short = replace(task, rubric=task.rubric[:1])
    rubric = (*short.rubric, task.rubric[-1])
    new = decision(DecisionKind.RUBRIC, "", work=task.id, rubric=rubric)
    seen: list[tuple[Task, Submission]] = []

    def run(after: Task, submissions: Sequence[Submission]) -> Iterable[Record]:
        seen.extend((after, each) for each in submissions)
        return []

    assert list(RuledTask.of(short, [], new).renewed([coded(short)], run)) == []
    ((after, submission),) = seen
    assert after.rubric == rubric
    assert (submission.source, submission.digest) == ("x = 1", "d")
    assert (submission.modules, submission.notes) == ({"a.py": "y = 2"}, ("a cell was left out",))
    reordered = decision(DecisionKind.RUBRIC, "", work=task.id, rubric=task.rubric[::-1])
    assert ruled(task, coded(task), [], reordered).score == 0.0


def test_results_of_another_version_are_run(task: Task) -> None:
    """What was graded by another version of the task says nothing of this one."""
    old = replace(coded(task), task_version="older")
    void = of_task(DecisionKind.VOID, task.part(task.rubric[0]))
    assert RuledTask.of(task, [], void).has_to_run([old, coded(task)]) == (old,)


def test_a_response_to_a_code_task_cannot_be_accepted(task: Task) -> None:
    """The refusal says why and what to do."""
    with pytest.raises(RegradeError, match="is a code task: its checks look at what code did"):
        Decidable.task(task, []).accepted("a=b")


def test_a_rubric_is_read_as_a_task_is(task: Task, tmp_path: Path) -> None:
    """Every fault of the file at once, with its line."""
    path = tmp_path / "r.toml"
    line = '[[rubric]]\ncheck = "loss_falls"\npoints = 3.0\ncase = "constant"\n'
    path.write_text(line)
    assert read_rubric(path, task) == (Criterion("loss_falls", 3.0, "constant"),)
    path.write_text(line + line.replace("constant", "none").replace("3.0", "inf") + line)
    with pytest.raises(RegradeError) as error:
        read_rubric(path, task)
    assert str(error.value).count("\n") == 2
    for sentence in ("no case 'none'", "is no number of points", "is there twice"):
        assert sentence in str(error.value)
    path.write_text("[[rubric]]\ncheck = 'loss_fell'\npoints = -1\ncase = 'constant'\nextra = 1\n")
    with pytest.raises(RegradeError, match="unknown key 'extra'"):
        read_rubric(path, task)
