"""Pages of a quiz: what is released at which level, what is for staff alone, who has a name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lrquiz.analysis.items import analyse
from lrquiz.analysis.works import Part, Work
from lrquiz.bank.tasks import load_task
from lrquiz.grade.records import read_records
from lrquiz.grade.responses.scoring import rescored
from lrquiz.model.decision import WHOLE, Adjustment, Decision, DecisionKind, Level
from lrquiz.model.mark import Mark
from lrquiz.model.quiz import ItemTexts, OptionTexts, Quiz, QuizItem
from lrquiz.model.record import ItemResponse, Record
from lrquiz.model.run import Ending
from lrquiz.model.verdict import Verdict
from lrquiz.quiz import read_quiz
from lrquiz.report.told import Told
from lrquiz.report.write import (
    remove_other_pages,
    write_class_pages,
    write_staff_page,
    write_student_page,
)
from lrquiz.resources.locate import shipped_bank
from tests.report.conftest import RECORDED, Compare, foreign_scripts

EXAM: Quiz = read_quiz(RECORDED / "exam.json")
ITEMS: Mapping[str, QuizItem] = {each.id: each for each in EXAM.items}
RECORDS = {each.student: each for each in read_records(RECORDED / "exam-records.jsonl")}
AT = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
REASON, TUTOR = "second look at the rubric", "Tutor Tess"


def adjusted(student: str, part: str, points: float | None, comment: str) -> dict[str, Adjustment]:
    digest = RECORDS[student].submission
    return {part: Adjustment(student, EXAM.id, part, points, comment, REASON, TUTOR, AT, digest)}


def marked(student: str, score: float | None) -> Mark:
    record = RECORDS[student]
    texts = (str(record.ending), record.detail, record.submission)
    return Mark(student, score, 9.0, *texts, machine=record.score)


OPEN = adjusted("ada", "explain-the-rate", 2.5, "Good. What happens exactly at the limit?")
CLASS = (
    Told(
        RECORDS["ada"],
        replace(marked("ada", 6.8), days_late=2, factor=0.8, adjusted=True),
        OPEN,
        EXAM,
    ),
    Told(RECORDS["alan"], replace(marked("alan", 5.0), shared_by="donald"), {}, EXAM),
    Told(RECORDS["barbara"], marked("barbara", None), {}, EXAM),
    Told(
        RECORDS["donald"],
        replace(marked("donald", 5.0), adjusted=True),
        adjusted("donald", "fill-in-the-rate", 1.0, "Right in the loop of the lecture."),
        EXAM,
    ),
    Told(RECORDS["grace"], marked("grace", 0.0), {}, EXAM),
    Told(RECORDS["mallory"], marked("mallory", None), {}, EXAM),
)
ADA, ALAN, BARBARA, DONALD, GRACE, MALLORY = CLASS


def student_page(told: Told, folder: Path) -> str:
    write_student_page(told, folder)
    return (folder / "students" / told.record.student / "feedback.html").read_text()


def staff_page(told: Told, folder: Path) -> str:
    write_staff_page(told, folder)
    return (folder / "staff" / "feedback" / f"{told.shown}.html").read_text()


@pytest.mark.parametrize("level", list(Level))
def test_student_page_of_a_quiz(level: Level, tmp_path: Path, compare: Compare) -> None:
    """The page at each level is the one that somebody has looked at."""
    compare(f"quiz/{level}.html", student_page(replace(ADA, level=level), tmp_path))


def test_an_item_in_two_languages_has_a_page(tmp_path: Path) -> None:
    """Texts of an item in another language do not stand in the way of a student's page."""
    first, *rest = EXAM.items
    options = {each.id: OptionTexts("Wort", "Weil", "Maß") for each in first.options}
    premises = tuple("Vorab" for _ in first.premises)
    told = ItemTexts("Titel", "Frage?", options, premises, "Tipp", (), (), "", ())
    items = (replace(first, translations={"de": told}), *rest)
    page = student_page(replace(ADA, quiz=replace(EXAM, items=items)), tmp_path)
    assert page == student_page(replace(ADA, quiz=EXAM), tmp_path)


def test_class_page_of_a_quiz(tmp_path: Path, compare: Compare) -> None:
    """The class page of a quiz is the one that somebody has looked at."""
    index = write_class_pages(CLASS, tmp_path, missing=["zoe"])
    compare("quiz/class.html", index.with_name("class.html").read_text())


def test_staff_page_of_a_quiz(tmp_path: Path, compare: Compare) -> None:
    """The staff page of an adjusted attempt is the one that somebody has looked at."""
    compare("quiz/staff.html", staff_page(DONALD, tmp_path))


def turned(item: QuizItem) -> QuizItem:
    """Return an item as it were if other options held, with all that would follow from that."""
    verdicts = {Verdict.SUPPORTED: Verdict.REFUTED, Verdict.REFUTED: Verdict.SUPPORTED}
    options = tuple(
        replace(
            each,
            feedback=f"other words {each.id}",
            evidence=replace(
                each.evidence, verdict=verdicts[each.evidence.verdict], held=7, says="other"
            ),
        )
        for each in item.options
    )
    value = None
    if item.value is not None:
        value = replace(item.value, median=7.0, low=7.0, high=7.0, feedback="other", mistakes=())
    return replace(
        item,
        options=options,
        key=tuple(each.id for each in item.options if each.id not in item.key),
        value=value,
        hint="other",
        solution=("other",),
        common_mistakes=("other",),
        checklist=None if item.checklist is None else ("other",),
        title="another title",
    )


@pytest.mark.parametrize("level", [Level.SCORE, Level.FEEDBACK])
def test_nothing_of_the_key_is_on_a_page_before_solutions(level: Level, tmp_path: Path) -> None:
    """Of items without a response, quizzes with other keys give the same page, byte for byte."""
    other = replace(EXAM, id="another", items=tuple(map(turned, EXAM.items)))
    record = replace(GRACE.record, task=other.id)
    turned_round = replace(GRACE, record=rescored(record, other), quiz=other, level=level)
    page = student_page(replace(GRACE, level=level), tmp_path)
    assert page == student_page(turned_round, tmp_path)
    assert EXAM.id not in page


def test_solutions_tell_the_two_apart(tmp_path: Path) -> None:
    """The same two quizzes give different pages once solutions are released."""
    other = replace(EXAM, items=tuple(map(turned, EXAM.items)))
    solved = replace(GRACE, level=Level.SOLUTIONS)
    assert student_page(solved, tmp_path) != student_page(replace(solved, quiz=other), tmp_path)


def test_one_response_tells_nothing_of_the_other_options(tmp_path: Path) -> None:
    """Feedback shows what was chosen: no option that was not, no arm, no figure of evidence."""
    page = student_page(DONALD, tmp_path)
    item = ITEMS["lr-too-high-effect"]
    for option in item.options:
        assert (option.text in page) == (option.id == "bounces")
        assert option.evidence.says not in page
    assert "training runs" not in page
    for each in EXAM.items:
        assert each.id not in page
        labels = [curve.label for curve in each.curves if "(" in curve.label]
        assert not any(label in page for label in labels)


def test_score_level_holds_points_and_comments_alone(tmp_path: Path) -> None:
    """No stem, no response and no feedback is on it; points, lateness and comments are."""
    page = student_page(replace(ADA, level=Level.SCORE), tmp_path)
    assert "6.8 of 9" in page
    assert "Handed in 2 days late, which costs 20 %: 8.5 became 6.8." in page
    assert "What happens exactly at the limit?" in page
    assert "1 of 1" in page
    for each in EXAM.items:
        assert each.stem.split("\n")[0][:30] not in page
    assert "overshoot" not in page


def test_a_persons_points_stand_beside_the_machines(tmp_path: Path) -> None:
    """The student reads both and the comment; why and by whom is for staff, who read it all."""
    page, staff = student_page(DONALD, tmp_path), staff_page(DONALD, tmp_path)
    assert re.search(r"1 of 1</span> <span[^>]*>by a person; the machine gave 0 of 1<", page)
    assert "Right in the loop of the lecture." in page
    for secret in (REASON, TUTOR):
        assert secret not in page
        assert secret in staff
    assert "2026-11-20 09:30" in staff


def test_a_mark_of_the_whole_is_told(tmp_path: Path) -> None:
    """A person's mark of the whole work stands beside what the machine gave."""
    whole = adjusted("grace", WHOLE, 4.5, "An oral exam in place of it.")
    told = replace(GRACE, parts=whole, mark=replace(marked("grace", 4.5), adjusted=True))
    page = student_page(told, tmp_path)
    assert "A person marked it as a whole: 4.5 of 9. The machine gave 0." in page
    assert "An oral exam in place of it." in page


@pytest.mark.parametrize("told", [BARBARA, MALLORY])
def test_what_waits_for_a_person_says_so(told: Told, tmp_path: Path) -> None:
    """An open response and a file that was flagged have no score; the page says who will look."""
    page = student_page(told, tmp_path)
    assert "not scored yet (of 9)" in page
    assert "A person will look at it" in page


def test_a_mark_that_is_shared_names_nobody(tmp_path: Path) -> None:
    """The student reads that the group's best attempt counts, and not whose that is."""
    page = student_page(ALAN, tmp_path)
    assert "Your group&#39;s best attempt counts" in page
    assert "donald" not in page
    assert "donald" in staff_page(ALAN, tmp_path)


def test_what_staff_note_is_for_staff(tmp_path: Path) -> None:
    """Whose paper it was stands on the staff page alone."""
    assert "alan" not in student_page(MALLORY, tmp_path)
    assert "paper P1 was given to alan" in staff_page(MALLORY, tmp_path)


def test_a_fault_of_ours_is_for_staff(tmp_path: Path) -> None:
    """Its detail is on the staff page and not on the student's."""
    record = replace(GRACE.record, ending=Ending.INTERNAL_ERROR, score=None, detail="/inner/part")
    told = replace(GRACE, record=record, mark=None)
    assert "/inner/part" not in student_page(told, tmp_path)
    assert "/inner/part" in staff_page(told, tmp_path)


def test_a_voided_item_says_so(tmp_path: Path) -> None:
    """It counts for nobody, and the page says that at every level."""
    void = Decision(DecisionKind.VOID, EXAM.id, "missing-backward", "", "", AT)
    record = rescored(DONALD.record, EXAM, [void])
    for level in Level:
        told = Told(record, quiz=EXAM, level=level)
        assert "voided: it counts for nobody" in student_page(told, tmp_path)


def test_hostile_responses_come_out_as_text(tmp_path: Path) -> None:
    """What a student wrote, or was told, is never markup on any page."""
    hostile = "<script>alert(1)</script><img src=x>"
    responses = tuple(
        replace(each, text=hostile, chosen=()) if ITEMS[each.item].type == "open_prompt" else each
        for each in BARBARA.record.responses
    )
    record = replace(BARBARA.record, responses=responses, source=hostile, detail=hostile)
    comment = adjusted("barbara", "explain-the-rate", 1.0, hostile)
    told = replace(BARBARA, record=record, parts=comment, level=Level.SOLUTIONS)
    index = write_class_pages([told], tmp_path, missing=[hostile])
    pages = [student_page(told, tmp_path), staff_page(told, tmp_path), index.read_text()]
    for page in (*pages, index.with_name("class.html").read_text()):
        assert not foreign_scripts(page)
        assert "<script>alert" not in page
        assert "<img" not in page


def test_names_are_hidden_from_staff(tmp_path: Path) -> None:
    """Under a code neither the id nor what the student signed with it is on any staff page."""
    responses = tuple(
        replace(each, text=f"{each.text} Yours, Barbara") for each in BARBARA.record.responses
    )
    record = replace(BARBARA.record, responses=responses, detail="barbara_hw.json is open")
    tolds = [replace(ALAN, name="BBB-BBB"), Told(record, BARBARA.mark, {}, EXAM, name="CCC-CCC")]
    index = write_class_pages(tolds, tmp_path)
    staff = index.parent
    pages = [path.read_text() for path in staff.rglob("*.html")]
    assert len(pages) == 4
    for page in pages:
        assert not re.search("barbara|alan|donald", page, re.IGNORECASE)
    assert not (tmp_path / "students").exists()
    assert "students/" not in index.read_text()


def test_pages_of_who_is_gone_are_removed(tmp_path: Path) -> None:
    """A report leaves no staff page under a name that is hidden now, nor a page of nobody."""
    for told in CLASS:
        student_page(told, tmp_path)
        staff_page(told, tmp_path)
    kept = [replace(ADA, name="BBB-BBB")]
    remove_other_pages(kept, tmp_path, of_students=True)
    assert [path.parent.name for path in (tmp_path / "students").glob("*/*")] == ["ada"]
    assert not list((tmp_path / "staff" / "feedback").iterdir())


def test_an_id_is_no_path(tmp_path: Path) -> None:
    """Whatever a roster calls a student, the page stays within the folder."""
    for name in ("../../up", "..", "a/b"):
        write_student_page(replace(GRACE, record=replace(GRACE.record, student=name)), tmp_path)
    pages = [path.relative_to(tmp_path).parts for path in tmp_path.rglob("*.html")]
    assert [(len(parts), parts[0]) for parts in pages] == [(3, "students")] * 3
    assert not (tmp_path.parent / "up").exists()


def test_the_reference_is_released_with_solutions(
    records: tuple[Record, ...], tmp_path: Path
) -> None:
    """Of a task, the solution is a correct submission; no other level shows it."""
    task = load_task(shipped_bank() / "tasks" / "train-with-schedule")
    for level in Level:
        page = student_page(Told(records[0], task=task, level=level), tmp_path)
        assert ("A correct submission" in page) == (level is Level.SOLUTIONS)
        assert ("Your code" in page) == (level is not Level.SCORE)


def test_statistics_against_a_key_come_with_its_evidence(tmp_path: Path) -> None:
    """The class page says what the runs showed of the key, and which commands are the way out."""
    item = EXAM.items[0]
    wrong = next(each.id for each in item.options if each.id not in item.key)
    works = [
        Work(
            {item.id: Part("", points, 1.0), "rest": Part("", 3 - 3 * points, 3.0)},
            {item.id: ItemResponse(item.id, item.variant, (chosen,))},
        )
        for points, chosen in ((0.0, wrong), (0.0, wrong), (1.0, item.key[0])) * 4
    ]
    index = write_class_pages(CLASS, tmp_path, analysis=analyse(works, EXAM))
    page = index.with_name("class.html").read_text()
    assert "The statistics contradict the key; its evidence is this:" in page
    assert re.search(rf"<p>{item.key[0]}: [^<]*true in 64 of 64 training runs", page)
    assert f"lrquiz regrade --accept {item.id}={wrong}, or --void {item.id}" in page
