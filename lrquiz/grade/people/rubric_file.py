"""Another rubric for a task, as a file: the `[[rubric]]` tables of a task.toml."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field

from lrquiz.bank.schema import CriterionFile, Strict
from lrquiz.bank.tomlfile import Fault, parse, read, refuse
from lrquiz.errors import RegradeError
from lrquiz.grade.code.checks import CHECKS
from lrquiz.model.task import Criterion, Task


class RubricFile(Strict):
    """A file of a rubric."""

    rubric: Annotated[list[CriterionFile], Field(min_length=1)]


def read_rubric(path: Path, task: Task) -> tuple[Criterion, ...]:
    """Return the rubric at `path`.

    Raises:
        RegradeError: it cannot be read, or does not fit the task; the message lists every fault.
    """
    data, text = read(path, RegradeError)
    file, wrong = parse(RubricFile, data)
    refuse(text, [*wrong, *(_faults(file, task) if file else ())], RegradeError)
    lines = file.rubric if file is not None else []
    return tuple(Criterion(each.check, each.points, each.case) for each in lines)


def _faults(file: RubricFile, task: Task) -> Iterator[Fault]:
    cases, seen = {each.id for each in task.cases}, set()
    for index, line in enumerate(file.rubric):
        if line.case not in cases:
            message = f"there is no case {line.case!r}; there are: {', '.join(sorted(cases))}"
            yield Fault(("rubric", index, "case"), message)
        if line.check not in CHECKS:
            message = f"there is no check {line.check!r}; there are: {', '.join(CHECKS)}"
            yield Fault(("rubric", index, "check"), message)
        if not math.isfinite(line.points):
            yield Fault(("rubric", index, "points"), f"{line.points} is no number of points")
        if (line.check, line.case) in seen:
            message = f"{line.check} of case {line.case} is there twice; keep one line"
            yield Fault(("rubric", index), message)
        seen.add((line.check, line.case))
