"""Task folders: `task.toml`, the starter that students receive, and the reference they do not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from safetensors import SafetensorError, deserialize

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
    weights = _weights(file, folder) if file is not None else b""
    if file is not None:
        wrong = [*_faults(file), *_weight_faults(file, weights)]
    refuse(text, wrong, TaskError)
    assert file is not None, "without faults there is a model"
    return _task(file, folder, weights)


def _faults(file: TaskFile) -> Iterator[Fault]:
    cases = {case.id for case in file.case}
    for index, criterion in enumerate(file.rubric):
        if criterion.case not in cases:
            message = f"there is no case {criterion.case!r}; there are: {', '.join(sorted(cases))}"
            yield Fault(("rubric", index, "case"), message)


def _weights(file: TaskFile, folder: Path) -> bytes:
    if file.weights is None:
        return b""
    try:
        return (folder / file.weights).read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"{folder / file.weights}: the weights cannot be read: {reason}"
        raise TaskError(message) from error


def _weight_faults(file: TaskFile, weights: bytes) -> Iterator[Fault]:
    """Yield what keeps weights from being those of the task's classifier."""
    if file.weights is None:
        return
    try:
        found = {name: (each["dtype"], each["shape"]) for name, each in deserialize(weights)}  # type: ignore[no-untyped-call]
    except SafetensorError as error:
        yield Fault(("weights",), f"{file.weights} holds no safetensors: {error}")
        return
    wanted = {name: ("F32", shape) for name, shape in _shapes(file.layers)}
    if found != wanted:
        held = ", ".join(f"{name} {kind} {shape}" for name, (kind, shape) in sorted(found.items()))
        needed = ", ".join(f"{name} F32 {shape}" for name, (_, shape) in sorted(wanted.items()))
        yield Fault(("weights",), f"{file.weights} holds {held}; layers need {needed}")


def _shapes(layers: Sequence[int]) -> Iterator[tuple[str, list[int]]]:
    """Yield the names and shapes of a classifier's weights: Linear and ReLU take turns."""
    for index, (inputs, outputs) in enumerate(pairwise(layers)):
        yield f"{2 * index}.weight", [outputs, inputs]
        yield f"{2 * index}.bias", [outputs]


def _task(file: TaskFile, folder: Path, weights: bytes) -> Task:
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
        version=_digest(folder, weights),
        weights=weights,
    )


def _digest(folder: Path, weights: bytes) -> str:
    contents = hashlib.sha256(weights)
    for part in _PARTS:
        contents.update(part.encode() + b"\0" + (folder / part).read_bytes() + b"\0")
    return contents.hexdigest()[:16]
