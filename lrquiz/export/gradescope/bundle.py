"""The bundle for Gradescope's autograder: this same grader, with one task and a secret of its own.

It carries lrquiz's own sources, so nothing of lrquiz is fetched from anywhere; `setup.sh` installs
the packages that it needs, in the versions that are installed here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import lrquiz
from lrquiz.errors import ExportError
from lrquiz.export.zipped import zipped
from lrquiz.model.task import Task
from lrquiz.resources.locate import shipped_bank, shipped_templates

PROGRAMS = frozenset({"setup.sh", "run_autograder"})
_TASK, _SOURCES, _SECRET = "task", "lib/lrquiz", "secret"
_SKIPPED = ("__pycache__", ".")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True, slots=True)
class Bundle:
    """A bundle, and what it installs."""

    content: bytes
    """of autograder.zip"""
    requirements: tuple[str, ...]


def make_bundle(task: Task, secret: bytes) -> Bundle:
    """Return the bundle that grades a task on Gradescope; same task, secret, versions: same bytes.

    Args:
        task: with its reference, which students cannot see there.
        secret: draws the hidden data; not the course's own, which draws papers as well.

    Raises:
        ExportError: a file of the task or of lrquiz cannot be read.
    """
    required = requirements()
    files = {
        **{name: _script(name) for name in PROGRAMS},
        "requirements.txt": "".join(f"{each}\n" for each in required).encode(),
        _SECRET: f"{secret.hex()}\n".encode(),
        **_tree(task.folder, _TASK),
        **_sources(),
    }
    return Bundle(zipped(files, PROGRAMS), required)


def requirements() -> tuple[str, ...]:
    """Return the packages that lrquiz needs, pinned to what is installed; scores depend on torch.

    Raises:
        ExportError: lrquiz is not installed as a package, so nobody knows what it needs.
    """
    try:
        needed = [each for each in requires("lrquiz") or () if "extra ==" not in each]
    except PackageNotFoundError as error:
        message = "lrquiz is not installed as a package; install it, then make the bundle"
        raise ExportError(message) from error
    names = [match[0] for each in needed if (match := _NAME.match(each))]
    # A local version, as of a CPU build, is on no index.
    return tuple(sorted(f"{name}=={version(name).partition('+')[0]}" for name in names))


def _script(name: str) -> bytes:
    return _read(shipped_templates() / "gradescope" / name)


def _sources() -> Mapping[str, bytes]:
    """Return lrquiz as a wheel would hold it: the package with what ships inside."""
    package = Path(lrquiz.__file__).resolve().parent
    found = {**_tree(package, _SOURCES)}
    found |= _tree(shipped_templates(), f"{_SOURCES}/shipped/templates")
    found |= _tree(shipped_bank() / "tasks", f"{_SOURCES}/shipped/question_bank/tasks")
    return found


def _tree(folder: Path, under: str) -> dict[str, bytes]:
    return {f"{under}/{path.relative_to(folder).as_posix()}": _read(path) for path in _in(folder)}


def _in(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith(_SKIPPED):
            continue
        if path.is_dir():
            yield from _in(path)
        elif path.is_file():
            yield path


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        message = f"{path}: cannot be read: {(error.strerror or str(error)).lower()}"
        raise ExportError(message) from error
