"""1,000 students times ten items: a practice page and an exam page for each, from cached evidence.

Items come from the shipped bank and its lock: nothing is trained, and torch is not imported, which
is checked. Each student has a quiz of their own seed, with another variant of each item. What a
user would do otherwise, `lrquiz generate --locked --seed N` once for each, is measured on a few.
Memory is what this process holds after 100 students and after all.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from lrquiz.bank.overlay import load_banks
from lrquiz.cli.drawing import Origins, Wanted, lock_first, locked_banks
from lrquiz.model.blueprint import Blueprint, Pick
from lrquiz.model.item import ItemType
from lrquiz.model.paper import Paper, PaperItem
from lrquiz.model.quiz import Quiz
from lrquiz.quiz import generate_quiz
from lrquiz.report.exam import exam_page
from lrquiz.report.exam_view import ExamPages
from lrquiz.report.write import write_quiz_page
from lrquiz.resources.locate import shipped_bank

STUDENTS, ITEMS, FIRST, MEASURED = 1_000, 10, 100, 3
TYPES = (ItemType.SINGLE_CHOICE, ItemType.MULTIPLE_CHOICE, ItemType.FIND_ERROR, ItemType.NUMERIC)


def memory_mib() -> float:
    """Return what this process holds."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


def drawing(folder: Path) -> tuple[Callable[[int], Quiz], tuple[str, ...]]:
    """Return what draws a quiz by its seed, and the ids of the items in it."""
    wanted = Wanted(shipped_bank(), folder, 0, only_locked=True)
    overlay = load_banks(wanted.banks)
    names = tuple(each.id for each in overlay.items if each.type in TYPES)[:ITEMS]
    blueprint = Blueprint("Ten", tuple(Pick(1, (each,)) for each in names))
    prove = lock_first(locked_banks(wanted, overlay), Origins(), None)
    return lambda seed: generate_quiz(overlay.items, blueprint, seed, prove, others=1), names


def practice(draw: Callable[[int], Quiz], folder: Path) -> list[int]:
    """Write everybody's practice page and return their sizes in bytes."""
    sizes = []
    for student in range(STUDENTS):
        path = folder / f"practice-{student}.html"
        write_quiz_page(draw(student), path)
        sizes.append(path.stat().st_size)
        path.unlink()
        if student + 1 in {FIRST, STUDENTS}:
            print(f"  after {student + 1:5} students: {memory_mib():.0f} MiB")
    return sizes


def papers(quiz: Quiz, folder: Path) -> list[int]:
    """Write everybody's exam page and return their sizes in bytes."""
    bare = replace(quiz, items=tuple(replace(each, others=None) for each in quiz.items))
    pages, sizes = ExamPages(bare, "exam"), []
    asked = tuple(
        PaperItem(each.id, each.variant, tuple(option.id for option in each.options))
        for each in bare.items
    )
    for student in range(STUDENTS):
        own = asked[student % ITEMS :] + asked[: student % ITEMS]
        page = exam_page(pages.view(Paper(f"p{student}", f"s{student}", own, 60), f"S {student}"))
        (folder / "paper.html").write_text(page, encoding="utf-8")
        sizes.append(len(page.encode()))
    return sizes


def tell(name: str, sizes: list[int], seconds: float) -> None:
    print(
        f"{name}: {len(sizes) / seconds:.0f} pages per second, "
        f"{sum(sizes) / len(sizes) / 1000:.0f} kB a page, {max(sizes) / 1000:.0f} at most"
    )


def one_command(names: tuple[str, ...], seed: int, folder: Path) -> float:
    """Return the seconds that a command for one student takes."""
    items = [part for name in names for part in ("--item", name)]
    command = [sys.executable, "-m", "lrquiz", "generate", "--locked", *items]
    start = time.perf_counter()
    subprocess.run(
        [*command, "--seed", str(seed), "--out", str(folder / f"{seed}")],
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        draw, names = drawing(folder)
        start = time.perf_counter()
        sizes = practice(draw, folder)
        ours = time.perf_counter() - start
        tell("practice", sizes, ours)
        start = time.perf_counter()
        sizes = papers(draw(0), folder)
        tell("exam", sizes, time.perf_counter() - start)
        if "torch" in sys.modules:
            raise SystemExit("torch was imported")
        each = sum(one_command(names, seed, folder) for seed in range(MEASURED)) / MEASURED
    print(f"a command for each practice page: {each:.2f} s; {each * STUDENTS / ours:.0f} times")


if __name__ == "__main__":
    main()
