"""`lrquiz generate --mode exam` as a process, in course folders and outside of them."""

from __future__ import annotations

import json
import re
import shutil
import stat
from pathlib import Path

import pytest

from lrquiz.quiz import read_papers, read_quiz
from tests.conftest import Command, Finished
from tests.quiz.exam_banks import blueprint, choice_bank

NAMES = ("zqa", "zqb")
ROSTER = "id,name,extra_time,language\nada,Ada Lovelace,1.5,de\nalan,<b>Alan</b>,,\ngrace,,,\n"
HEAD = 'title = "Midterm"\nminutes = 60'


@pytest.fixture(scope="module")
def banks(lrquiz: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two locked banks that differ only in which option is right."""
    folder = tmp_path_factory.mktemp("banks")
    for key in ("zqleft", "zqright"):
        choice_bank(folder / key, NAMES, key)
        assert lrquiz("bank", "lock", "--bank", folder / key).code == 0
    return folder


@pytest.fixture
def course(lrquiz: Command, tmp_path: Path) -> Path:
    """A course with a roster of three, and a blueprint of two items."""
    assert lrquiz("init", tmp_path / "course").code == 0
    (tmp_path / "course" / "roster.csv").write_text(ROSTER)
    blueprint(tmp_path / "course", "count = 2", head=HEAD)
    return tmp_path / "course"


@pytest.fixture
def exam(lrquiz: Command, banks: Path) -> Command:
    """Generate an exam from the bank whose left options are right, without training."""

    def run(course: Path, out: object, *more: object, bank: str = "zqleft") -> Finished:
        named = ("--blueprint", "exam.toml", "--bank", banks / bank, "--locked")
        return lrquiz("generate", "--mode", "exam", *named, "--out", out, *more, cwd=course)

    return run


def held(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_pages_do_not_depend_on_what_is_right(exam: Command, course: Path) -> None:
    """Two banks that differ only in claims give pages that are equal byte for byte."""
    for key in ("zqleft", "zqright"):
        done = exam(course, key, bank=key)
        assert done.code == 0, done.stderr
    left, right = (held(course / key / "papers") for key in ("zqleft", "zqright"))
    assert left == right
    assert sorted(left) == ["ada.html", "alan.html", "grace.html"]
    keys = [
        {e.key for e in read_quiz(course / k / "quiz.json").items} for k in ("zqleft", "zqright")
    ]
    assert keys == [{("zqleft",)}, {("zqright",)}]


def test_pages_hold_no_name_of_the_bank(exam: Command, course: Path) -> None:
    """No id, arm, title, hint, solution, objective, feedback, digest or seed is on any page."""
    assert exam(course, "out").code == 0
    quiz, papers = read_quiz(course / "out/quiz.json"), read_papers(course / "out/papers.json")
    assert papers.quiz == quiz.id
    for page in held(course / "out" / "papers").values():
        for word in (b"zq", quiz.id.encode(), papers.secret.encode(), b"step_size", b"StepLR"):
            assert word not in page
        assert papers.label.encode() in page
        assert b"what the plot on the left shows" in page


def test_files_are_private_and_the_same_again(exam: Command, course: Path) -> None:
    """The same secret, roster and options give the same bytes; another exam is not written over."""
    assert exam(course, "out").code == 0
    before = held(course / "out")
    for name in ("quiz.json", "papers.json", "papers/ada.html"):
        assert stat.S_IMODE((course / "out" / name).stat().st_mode) == 0o600
    assert exam(course, "out").code == 0
    assert held(course / "out") == before
    done = exam(course, "out", "--seed", 1)
    assert (done.code, "is there already" in done.stderr) == (2, True)
    assert held(course / "out") == before


def test_extra_time_is_on_the_page_of_who_has_it(exam: Command, course: Path) -> None:
    """The countdown is stretched, the language is the student's, names come out as text."""
    done = exam(course, "out")
    assert "1 student with extra time" in done.stderr
    pages = {name: page.decode() for name, page in held(course / "out" / "papers").items()}
    assert 'data-countdown="5400"' in pages["ada.html"]
    assert '<html lang="de">' in pages["ada.html"]
    assert "Ada Lovelace" in pages["ada.html"]
    assert 'data-countdown="3600"' in pages["alan.html"]
    assert '<html lang="en">' in pages["alan.html"]
    assert "&lt;b&gt;Alan" in pages["alan.html"]
    assert "Ada" not in pages["alan.html"]


def test_a_preview_is_the_page_that_the_student_gets(exam: Command, course: Path) -> None:
    """It is byte for byte what the full run gives, and it alone is written."""
    done = exam(course, "look", "--preview", "Ada")
    assert done.code == 0, done.stderr
    assert list(held(course / "look")) == ["preview.html"]
    assert exam(course, "out").code == 0
    page = (course / "look" / "preview.html").read_bytes()
    assert page == (course / "out" / "papers" / "ada.html").read_bytes()
    assert exam(course, "look", "--preview", "alan").code == 0
    done = exam(course, "look", "--preview", "nobody")
    assert (done.code, "'nobody' is not on the roster" in done.stderr) == (2, True)


def test_a_dry_run_writes_nothing(exam: Command, course: Path) -> None:
    """Everything is drawn and checked; no folder is made, and no secret either."""
    (course / "secret").unlink()
    done = exam(course, "out", "--dry-run", "--json")
    assert done.code == 0, done.stderr
    told = done.json()
    assert (told["papers"], told["items"], told["extra_time"], told["written"]) == (3, 2, 1, [])
    assert not (course / "out").exists()
    assert not (course / "secret").exists()


def test_one_paper_is_for_everybody(exam: Command, course: Path) -> None:
    """Who has extra time has the same paper with another countdown, and in the own language."""
    assert exam(course, "out", "--one-paper").code == 0
    pages = {name: page.decode() for name, page in held(course / "out" / "papers").items()}
    assert sorted(pages) == ["ada.html", "paper.html"]
    legends = r"<legend>.*?</legend>"
    forms = [re.findall(r'<div class="stem".*?</fieldset>', p, re.DOTALL) for p in pages.values()]
    bare = [[re.sub(legends, "", each) for each in form] for form in forms]
    assert bare[0] == bare[1]
    assert '<html lang="de">' in pages["ada.html"]
    assert re.findall(legends, pages["ada.html"]) != re.findall(legends, pages["paper.html"])
    numbers = {re.search(r'data-paper="(\w+)"', page)[1] for page in pages.values()}  # type: ignore[index]
    assert len(numbers) == 1
    (course / "roster.csv").write_text("id,extra_time\npaper,2\n")
    done = exam(course, "other", "--one-paper")
    assert (done.code, "'paper' cannot name a file" in done.stderr) == (2, True)


def test_too_few_variants_can_be_shared(exam: Command, course: Path) -> None:
    """The error names the option, which then helps; nothing is written before."""
    rows = "".join(f"s{n}\n" for n in range(6))
    (course / "roster.csv").write_text(f"id\n{rows}")
    done = exam(course, "out")
    assert (done.code, "--share-variants" in done.stderr) == (2, True)
    assert not (course / "out").exists()
    assert exam(course, "out", "--share-variants").code == 0
    assert len(held(course / "out" / "papers")) == 6


def test_a_roster_and_a_secret_stand_in_for_a_course(
    lrquiz: Command, banks: Path, tmp_path: Path
) -> None:
    """Outside of a course both are named; the secret is made once and then kept."""
    (tmp_path / "class.csv").write_text(ROSTER)
    blueprint(tmp_path, "count = 1")
    base = ("generate", "--mode", "exam", "--bank", banks / "zqleft", "--blueprint", "exam.toml")
    done = lrquiz(*base, "--out", "out", cwd=tmp_path)
    assert (done.code, "lrquiz init" in done.stderr) == (2, True)
    named = ("--roster", "class.csv", "--secret", "keep/secret")
    for out in ("one", "two"):
        assert lrquiz(*base, *named, "--out", out, cwd=tmp_path).code == 0
    assert held(tmp_path / "one") == held(tmp_path / "two")
    assert stat.S_IMODE((tmp_path / "keep" / "secret").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("roster", "told"),
    [
        ("id\n", "nobody is on this roster"),
        ("id\n../ada\n", "'../ada' cannot name a file"),
        ("id\n.hidden\n", "'.hidden' cannot name a file"),
        ("", "is empty"),
    ],
)
def test_a_roster_that_names_no_files_is_refused(
    exam: Command, course: Path, roster: str, told: str
) -> None:
    """Nobody, and who would write elsewhere, are told before anything is written."""
    (course / "roster.csv").write_text(roster)
    done = exam(course, "out")
    assert (done.code, told in done.stderr) == (2, True), done.stderr
    assert not (course / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--preview", "ada"), "need --mode exam"),
        (("--mode", "exam"), "needs --blueprint"),
        (("--mode", "exam", "--blueprint", "b", "--pipeline", "digits"), "two different things"),
        (("--mode", "exam", "--blueprint", "b", "--dry-run", "--preview", "a"), "writes nothing"),
        (("--mode", "exam", "--blueprint", "b", "--task", "t"), "--dry-run"),
    ],
)
def test_options_that_do_not_go_together_are_refused(
    lrquiz: Command, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    """The message says what to leave out or to add."""
    done = lrquiz("generate", "--out", "out", *arguments, cwd=tmp_path)
    assert (done.code, told in done.stderr) == (2, True)


def test_a_courses_banks_lie_over_the_shipped_one(
    lrquiz: Command, banks: Path, course: Path
) -> None:
    """Empty they are passed over; filled, their items come first, for exams and for practice."""
    blueprint(course, 'items = ["rate-at-epoch-10"]')
    base = ("generate", "--blueprint", "exam.toml", "--locked")
    done = lrquiz(*base, "--mode", "exam", "--share-variants", "--out", "e1", cwd=course)
    assert done.code == 0, done.stderr
    assert re.search(r"warning: (\d) of \1 items drawn are from the bank that ships", done.stderr)
    shutil.copytree(banks / "zqleft", course / "banks", dirs_exist_ok=True)
    blueprint(course, 'items = ["rate-at-epoch-10"]', 'items = ["zqa"]')
    done = lrquiz(*base, "--mode", "exam", "--share-variants", "--out", "e2", cwd=course)
    assert done.code == 0, done.stderr
    assert "proved now: 0" in done.stderr
    assert lrquiz(*base, "--out", "practice", cwd=course).code == 0
    (course / "banks" / "items" / "zqb.toml").unlink()
    blueprint(course, 'items = ["zqa"]')
    done = lrquiz(*base, "--mode", "exam", "--out", "e3", cwd=course)
    assert (done.code, "ships with" in done.stderr) == (0, False)


def test_an_exam_imports_no_torch(
    course: Path, banks: Path, lrquiz: Command, environment: dict[str, str], tmp_path: Path
) -> None:
    """With a fresh lock nothing is trained, so a torch that cannot be imported is not missed."""
    (tmp_path / "no").mkdir()
    (tmp_path / "no" / "torch.py").write_text("raise SystemExit('torch was imported')\n")
    before = environment["PYTHONPATH"]
    environment["PYTHONPATH"] = f"{tmp_path / 'no'}:{before}"
    try:
        done = lrquiz(
            *("generate", "--mode", "exam", "--bank", banks / "zqleft"),
            *("--blueprint", "exam.toml", "--out", "out", "--json"),
            cwd=course,
        )
    finally:
        environment["PYTHONPATH"] = before
    assert done.code == 0, done.stderr
    assert json.loads(done.stdout)["variants"]["proved_now"] == 0


def test_a_dry_run_runs_what_should_be_right(lrquiz: Command, course: Path) -> None:
    """Right responses to a fill-in and a task's reference run in the box, where there is one."""
    if lrquiz("doctor").code:
        pytest.skip("no box here")
    blueprint(course, 'items = ["fill-in-gamma"]')
    done = lrquiz(
        *("generate", "--mode", "exam", "--blueprint", "exam.toml", "--out", "out", "--dry-run"),
        *("--one-paper", "--task", "train-with-schedule"),
        cwd=course,
    )
    assert done.code == 0, done.stderr
    assert "run in the box: 1 fill-ins and 1 tasks, all right" in done.stderr
