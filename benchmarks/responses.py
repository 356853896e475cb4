"""Response files per second: one grading of a class, against one `lrquiz grade` per student.

Both grade the same files of ten responses into a gradebook and write every student's pages; the
second is what a loop in a shell does, and is measured on a few. torch is imported by neither, which
is checked.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from lrquiz.quiz import read_quiz

STUDENTS, IN_A_LOOP, PARTS = 400, 6, 10
NO_TORCH = (
    "import sys, lrquiz.cli.app as app\n"
    "app.lrquiz_group.main(sys.argv[1:], standalone_mode=False)\n"
    "assert 'torch' not in sys.modules, 'torch was imported'"
)
TYPES = ("single_choice", "multiple_choice", "find_error", "numeric")


def lrquiz(*arguments: object) -> float:
    """Run a command and return the seconds that it took."""
    start = time.perf_counter()
    command = [sys.executable, "-c", NO_TORCH, *map(str, arguments)]
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def make_quiz(folder: Path) -> Path:
    """Make a quiz of ten items that the shipped bank's lock has proved."""
    listed = subprocess.run(
        [sys.executable, "-m", "lrquiz", "bank", "list", "--json"], check=True, capture_output=True
    )
    items = [each["id"] for each in json.loads(listed.stdout)["items"] if each["type"] in TYPES]
    blueprint = folder / "ten.toml"
    picks = "".join(f'[[pick]]\nitems = ["{each}"]\n' for each in items[:PARTS])
    blueprint.write_text(f'title = "Ten"\n{picks}', encoding="utf-8")
    lrquiz("generate", "--locked", "--blueprint", blueprint, "--out", folder)
    return folder / "quiz.json"


def respond(quiz_file: Path, folder: Path, students: int) -> Path:
    """Write response files: each item right for two students of three."""
    folder.mkdir()
    quiz = read_quiz(quiz_file)
    for number in range(students):
        given: dict[str, object] = {}
        for at, item in enumerate(quiz.items):
            is_right = (number + at) % 3 > 0
            if item.value is not None:
                given[item.id] = str(item.value.median + (0 if is_right else 1))
            else:
                wrong = [each.id for each in item.options if each.id not in item.key]
                given[item.id] = list(item.key) if is_right else wrong[:1]
        values = {"quiz": quiz.id, "paper": "", "responses": given}
        (folder / f"s{number:03}.json").write_text(json.dumps(values), encoding="utf-8")
    return folder


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        quiz = make_quiz(folder)
        everybody = respond(quiz, folder / "all", STUDENTS)
        whole = lrquiz("grade", quiz, everybody, "--out", folder / "marks")
        again = lrquiz("grade", quiz, everybody, "--out", folder / "marks")
        one = respond(quiz, folder / "one", 1)
        loop = [lrquiz("grade", quiz, one, "--out", folder / f"m{at}") for at in range(IN_A_LOOP)]
    each = sum(loop) / len(loop)
    print(
        f"{STUDENTS} response files, scores and pages: {whole:.1f} s, {STUDENTS / whole:.0f} per s"
    )
    print(f"the same command again: {again:.1f} s")
    print(f"one command per student: {each:.2f} s each, {1 / each:.2f} per s")
    print(f"ratio {STUDENTS * each / whole:.0f}; torch was not imported")


if __name__ == "__main__":
    main()
