"""Grade a class into a gradebook as `lrquiz grade` does, by a grader that takes no time.

A program of its own, so that a test can kill it: `python grade_a_class.py GRADEBOOK LOG STUDENTS`.
Each submission that it grades is a line of LOG, written before its result.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from lrquiz.grade.gradebook import open_gradebook
from tests.grade.gradebook.examples import SECRET, TASK, graded, handed_in


def main(path: Path, log: Path, students: int) -> None:
    found = [handed_in(f"s{number:03}", f"x = {number}") for number in range(students)]
    with (
        open_gradebook(path) as book,
        open(log, "a", encoding="utf-8", buffering=1) as lines,  # noqa: PTH123 - unbuffered lines
    ):
        book.hand_in(TASK.id, found, {})
        done = book.graded(TASK.id, TASK.version, SECRET)
        for each in found:
            if (each.student, each.digest) not in done:
                lines.write(f"{os.getpid()} {each.student}\n")
                book.add(graded(each, score=int(each.student[1:]) % 11))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
