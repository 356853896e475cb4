"""Task folders: `task.toml`, the starter that students receive, and the reference they do not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lrquiz.bank.schema import TaskFile
from lrquiz.bank.tomlfile import Fault, parse, read, refuse
from lrquiz.errors import TaskError
from lrquiz.model.run import Limits
from lrquiz.model.task import Case, Criterion, Task

_PARTS = ("task.toml", "starter.py", "reference.py")


def load_task(folder: Path) -> Task:
    """Read a task folder.

    Raises:
        TaskError: a file is missing, or `task.toml` has faults; the message lists all of them.
    """
    for part in _PARTS:
        if not (folder / part).is_file():
            message = f"{folder}: not a task folder: {part} is missing"
            raise TaskError(message)
    data, text = read(folder / "task.toml", TaskError)
    file, wrong = parse(TaskFile, data)
    if file is not None:
        wrong = list(_faults(file))
    refuse(text, wrong, TaskError)
    assert file is not None, "without faults there is a model"
    return _task(file, folder)


def _faults(file: TaskFile) -> Iterator[Fault]:
    cases = {case.id for case in file.case}
    for index, criterion in enumerate(file.rubric):
        if criterion.case not in cases:
            message = f"there is no case {criterion.case!r}; there are: {', '.join(sorted(cases))}"
            yield Fault(("rubric", index, "case"), message)


def _task(file: TaskFile, folder: Path) -> Task:
    limits = file.limits.model_dump(exclude_none=True)
    return Task(
        id=file.id,
        folder=folder,
        title=file.title,
        statement=file.statement,
        function=file.function,
        layers=tuple(file.layers),
        rows=file.rows,
        batch_size=file.batch_size,
        cases=tuple(Case(each.id, each.arguments) for each in file.case),
        rubric=tuple(Criterion(each.check, each.points, each.case) for each in file.rubric),
        tolerance=file.tolerance,
        limits=replace(Limits(), **limits),
        reference=(folder / "reference.py").read_text(encoding="utf-8"),
        version=_digest(folder),
    )


def _digest(folder: Path) -> str:
    contents = hashlib.sha256()
    for part in _PARTS:
        contents.update(part.encode() + b"\0" + (folder / part).read_bytes() + b"\0")
    return contents.hexdigest()[:16]
