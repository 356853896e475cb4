"""A gradebook of 100,000 results: written, asked and reported, against a file of JSON lines.

400 students hand in 5 attempts at each of 50 tasks. Both stores keep the same records, each result
forced to the disk the moment it is there for the first thousand of them (`--all` does so for all;
the rest come in as from an older release). Then both are asked the same: the scores of a class at
one task, one student's attempts at it, and the scores of that task as CSV. The file has to be read
to its end for each of them.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from lrquiz.grade.batch import standing_of
from lrquiz.grade.gradebook import Writer, open_gradebook, read_gradebook
from lrquiz.grade.intake import Submission
from lrquiz.grade.marks import Rules
from lrquiz.grade.records import records_json, scores_csv, versions
from lrquiz.model.mark import Mark
from lrquiz.model.record import CaseCurves, Record
from lrquiz.model.run import Ending
from lrquiz.model.task import CheckResult, Outcome

STUDENTS, TASKS, ATTEMPTS, FORCED = 400, 50, 5, 1000
TASK, STUDENT = "task-07", "s007"
CHECKS = tuple(
    CheckResult(f"check-{n}", "The weights move.", Outcome.PASSED, 1.0, 1.0, "by 1.25 in all")
    for n in range(6)
)
CURVE = tuple(1 / (n + 1) for n in range(20))
RECORD = Record(
    *("", "", "def train(model, batches):\n    ...\n" * 20, "", "v1", Ending.OK, "", 0.0, 10.0),
    checks=CHECKS,
    curves=(CaseCurves("constant", CURVE, CURVE),),
    seconds=0.2,
    memory_mib=300.0,
    tier="full",
    secret="0123456789abcdef",  # noqa: S106 - the fingerprint of one
    versions=versions(),
)


def all_records() -> Iterator[Record]:
    draw = random.Random(0)  # noqa: S311 - scores of nobody
    for attempt in range(ATTEMPTS):
        for task in range(TASKS):
            for student in range(STUDENTS):
                name, score = f"s{student:03}", float(draw.randrange(11))
                digest = f"{attempt:02}{task:02}{student:012}"
                work = f"task-{task:02}"
                yield replace(RECORD, student=name, submission=digest, task=work, score=score)


def seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def write_book(path: Path, old: Path, forced: list[Record]) -> None:
    with open_gradebook(path) as book:
        took = seconds(lambda: keep(book, forced))
        print(f"gradebook, each result forced to the disk: {1e3 * took / len(forced):.2f} ms each")
        if old.exists():
            took = seconds(lambda: book.import_records(old))
            print(f"gradebook, the others read in from JSON lines: {took:.1f} s")


def keep(book: Writer, records: list[Record]) -> None:
    for each in records:
        book.hand_in(each.task, [Submission(each.student, "", each.submission)], {})
        book.add(each)


def write_lines(path: Path, records: list[Record], *, force: bool) -> float:
    """Append records; return the seconds it took."""
    lines = [json.dumps(each) + "\n" for each in records_json(records)]
    start = time.perf_counter()
    for line in lines if force else ["".join(lines)]:
        with path.open("a", encoding="utf-8") as out:
            out.write(line)
            out.flush()
            os.fsync(out.fileno())
    return time.perf_counter() - start


def lines_of(path: Path) -> list[dict[str, object]]:
    with path.open(encoding="utf-8") as text:
        return [json.loads(line) for line in text]


def ask_book(path: Path, question: str) -> object:
    with read_gradebook(path) as book:
        if question == "one student's attempts":
            return [each.score for each in book.attempts(TASK, STUDENT)]
        rules = Rules(TASK)
        marks = standing_of(book, rules).marks
        if question == "scores of a class":
            return {each.student: each.score for each in marks}
        return scores_csv(marks)


def ask_lines(path: Path, question: str) -> object:
    rows = [row for row in lines_of(path) if row["task"] == TASK]
    if question == "one student's attempts":
        return [row["score"] for row in rows if row["student"] == STUDENT]
    newest = {str(row["student"]): row for row in rows}
    if question == "scores of a class":
        return {name: newest[name]["score"] for name in sorted(newest)}
    return scores_csv([mark_of(newest[name]) for name in sorted(newest)])


def mark_of(row: dict[str, object]) -> Mark:
    score = row["score"]
    assert isinstance(score, float)
    texts = (str(row["ending"]), str(row["detail"]), str(row["submission"]))
    return Mark(str(row["student"]), score, 10.0, *texts, machine=score)


def main() -> None:
    records = list(all_records())
    forced = records if "--all" in sys.argv else records[:FORCED]
    with tempfile.TemporaryDirectory() as folder:
        book, old, lines = (Path(folder, name) for name in ("book", "old", "lines"))
        if rest := records[len(forced) :]:
            write_lines(old, rest, force=False)
        write_book(book, old, forced)
        took = write_lines(lines, forced, force=True)
        print(f"JSON lines, each result forced to the disk: {1e3 * took / len(forced):.2f} ms each")
        write_lines(lines, rest, force=False)
        size = book.stat().st_size / lines.stat().st_size
        print(f"{len(records)} results; the gradebook has {size:.2f} times the bytes of the lines")
        for question in ("scores of a class", "one student's attempts", "scores as CSV"):
            if ask_book(book, question) != ask_lines(lines, question):
                raise SystemExit(f"{question}: the two stores differ")
            ours = min(seconds(lambda: ask_book(book, question)) for _ in range(5))  # noqa: B023
            theirs = seconds(lambda: ask_lines(lines, question))  # noqa: B023
            told = f"gradebook {1e3 * ours:.1f} ms, JSON lines {1e3 * theirs:.0f} ms"
            print(f"{question}: {told}, ratio {theirs / ours:.0f}")


if __name__ == "__main__":
    main()
