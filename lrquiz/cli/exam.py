"""`lrquiz generate --mode exam`: a paper for everybody on the roster, each checked first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrquiz.cli.common import people, print_json, prover
from lrquiz.cli.drawing import Origins, lock_first, locked_banks
from lrquiz.cli.exam_setting import sitting_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rich.console import Console

    from lrquiz.bank.overlay import Overlay
    from lrquiz.cli.drawing import Wanted
    from lrquiz.cli.exam_options import ExamOptions
    from lrquiz.model.course import Roster
    from lrquiz.model.paper import Paper
    from lrquiz.quiz import DrawnExam, Sitting

QUIZ_FILE, PAPERS, PREVIEW = "quiz.json", "papers", "preview.html"
PAPERS_FILE = f"{PAPERS}.json"


def generate_exam(wanted: Wanted, options: ExamOptions, *, as_json: bool) -> int:
    """Draw an exam, check every paper, and write what was asked for.

    Raises:
        LrquizError: it cannot be drawn, fails its check, or cannot be written; nothing is written.
    """
    from lrquiz.bank.overlay import load_banks

    console, origins = people(), Origins()
    sitting, setting = sitting_of(wanted, options, console)
    overlay = load_banks(wanted.banks, allow_local=wanted.allow_local)
    exam = _drawn(wanted, overlay, sitting, origins)
    _rehearse(exam)
    told = _told(exam, setting.roster)
    if options.dry_run:
        from lrquiz.cli.exam_rehearsal import run_references

        told |= run_references(exam, options.tasks, sitting.secret, setting.course, console)
    written = _write(wanted.out, options, exam, setting.roster)
    if as_json:
        variants = {"from_lock": origins.from_lock, "proved_now": origins.proved_now}
        print_json("lrquiz/exam", {**told, "written": written, "variants": variants})
        return 0
    _warn_of_shipped(exam, overlay, console)
    papers = _plural(told["papers"], "paper")
    console.print(f"{papers} of {_plural(told['items'], 'item')}, every key proved; {origins}.")
    console.print(f"{_plural(told['extra_time'], 'student')} with extra time")
    console.print("every paper: its key gives full points, no response gives none")
    for line in _places(wanted.out, options):
        console.print(line)
    return 0


def _drawn(wanted: Wanted, overlay: Overlay, sitting: Sitting, origins: Origins) -> DrawnExam:
    from lrquiz.quiz import draw_exam

    locked = locked_banks(wanted, overlay)
    with prover(origins.trials, allow_local=wanted.allow_local) as prove_now:
        prove = lock_first(locked, origins, None if wanted.only_locked else prove_now)
        return draw_exam(overlay.items, sitting, prove)


def _rehearse(exam: DrawnExam) -> None:
    """Check that every paper can be graded as it should be.

    Raises:
        QuizError: one cannot; the message says which.
    """
    from lrquiz.errors import QuizError
    from lrquiz.grade.responses.rehearsal import rehearsal_faults

    faults = list(rehearsal_faults(exam.quiz, exam.papers))
    if faults:
        shown = [*faults[:10], *([f"and {len(faults) - 10} more"] if len(faults) > 10 else [])]
        message = "papers fail their check, and nothing was written"
        raise QuizError("\n  ".join([message, *shown]))


def _told(exam: DrawnExam, roster: Roster) -> dict[str, object]:
    own = {each.student for each in exam.papers.papers}
    return {
        "quiz": exam.quiz.id,
        "label": exam.papers.label,
        "papers": 1 if "" in own else len(own),
        "items": len(exam.papers.papers[0].items),
        "extra_time": sum(each.extra_time > 1 for each in roster.students),
    }


def _pages(exam: DrawnExam, roster: Roster, only: Paper | None) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of every page, or of one."""
    from lrquiz.report.exam import exam_page, page_file
    from lrquiz.report.exam_view import ExamPages

    pages = ExamPages(exam.quiz, exam.papers.label)
    names = {each.id: each.name or each.id for each in roster.students}
    everybody = any(not each.student for each in exam.papers.papers)
    for paper in exam.papers.papers:
        name = page_file(paper.student, everybody=everybody)
        if only in {None, paper}:
            page = exam_page(pages.view(paper, names.get(paper.student, "")))
            yield name, page.encode()


def _write(out: Path, options: ExamOptions, exam: DrawnExam, roster: Roster) -> list[str]:
    """Write what was asked for and return its paths; a dry run only renders every page."""
    from lrquiz.quiz.papersfile import papers_bytes
    from lrquiz.quiz.quizfile import quiz_bytes
    from lrquiz.resources.together import write_together

    if options.preview is not None:
        paper = _paper_of(options.preview, exam, roster)
        ((_, page),) = _pages(exam, roster, paper)
        files = {PREVIEW: page}
    else:
        files = {f"{PAPERS}/{name}": page for name, page in _pages(exam, roster, None)}
        files |= {PAPERS_FILE: papers_bytes(exam.papers), QUIZ_FILE: quiz_bytes(exam.quiz)}
    if options.dry_run:
        return []
    write_together(out, files, replacing=options.preview is not None)
    return [str(out / name) for name in files]


def _paper_of(name: str, exam: DrawnExam, roster: Roster) -> Paper:
    from lrquiz.errors import RosterError

    student = roster.find(name)
    paper = None if student is None else exam.papers.of(student.id)
    if paper is None:
        raise RosterError(f"{name!r} is not on the roster; give the id of a student who is")
    return paper


def _warn_of_shipped(exam: DrawnExam, overlay: Overlay, console: Console) -> None:
    from lrquiz.resources.locate import shipped_bank

    public = shipped_bank().resolve()
    owner = {item.id: bank.folder for bank in reversed(overlay.banks) for item in bank.items}
    drawn = {item.id for item in exam.quiz.items}
    count = sum(owner[name].resolve() == public for name in drawn)
    if count:
        console.print(
            f"warning: {count} of {len(drawn)} items drawn are from the bank that ships with "
            "lrquiz, which everybody can read with its keys; put items of your own in front of it "
            "(--bank)"
        )


def _plural(count: object, thing: str) -> str:
    return f"{count} {thing}" if count == 1 else f"{count} {thing}s"


def _places(out: Path, options: ExamOptions) -> Iterator[str]:
    if options.dry_run:
        yield "dry run: nothing was written"
    elif options.preview is not None:
        yield f"preview: {out / PREVIEW}"
    else:
        yield f"students' pages: {out / PAPERS}"
        yield f"with keys, for you: {out / QUIZ_FILE}, {out / PAPERS_FILE}"
        yield f"to grade: lrquiz grade {out / QUIZ_FILE} RESPONSES --out MARKS"
