"""Make one submission of the files in one place: which of them runs, and what it may import."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from lrquiz.grade.intake.archives import UNKNOWN
from lrquiz.grade.intake.files import File, UnreadableError, apart, printable
from lrquiz.grade.intake.found import Listed
from lrquiz.grade.intake.limits import IntakeLimits
from lrquiz.grade.intake.notebooks import source_of
from lrquiz.grade.intake.unpacking import opened
from lrquiz.grade.intake.written import (
    Written,
    is_text_of_responses,
    looks_like_responses,
    written_in,
)

PREFERRED = ("submission", "train", "starter")
"""names, without ending, of the file that is run where there are several"""


@dataclass
class HandedIn:
    """What the files of one place come to."""

    source: str = ""
    digest: str = ""
    fault: str = ""
    """why there is no source; empty when there is"""
    modules: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    responses: list[Written] = field(default_factory=list)
    unlike: list[Written] = field(default_factory=list)
    """JSON files that do not look like responses"""
    ignored: list[Listed] = field(default_factory=list)
    is_code: bool = False
    """whether there is a file meant to be run, readable or not"""


def handed_in(files: Sequence[File], expected: str, limits: IntakeLimits) -> HandedIn:
    """Return what the files of one place come to.

    The file that is run is the only Python file or notebook, or the one called `submission`,
    `train` or `starter`, the least deep one first. Python files beside it and in folders beside it
    are its modules.

    Args:
        files: those of the place; archives among them are opened.
        expected: the file name that would have been right, for the fault.
        limits: how much is read.
    """
    inside, found = opened(files, limits), HandedIn()
    seen = apart(each for each in inside.files if not each.hidden)
    found.ignored.extend(inside.refused)
    found.ignored.extend(Listed(*fault.split(": ", 1)) for fault in inside.faults)
    rest = [each for each in seen if not _is_response(each, found, limits)]
    code = [each for each in rest if each.suffix in {".py", ".ipynb"}]
    main = _main(code)
    if main is None:
        found.fault = _no_code(rest, code, inside.faults, expected, found)
        found.is_code = bool(code or inside.faults)
        found.digest = _digest(found.fault.encode())
    else:
        _run(main, code, found, limits)
    found.ignored.extend(
        Listed(_path(each), _useless(each))
        for each in rest
        if each not in code and main is not None
    )
    return found


def _is_response(file: File, found: HandedIn, limits: IntakeLimits) -> bool:
    """Set a file of responses to a quiz aside, and say whether it was one."""
    if file.suffix != ".json" and not is_text_of_responses(file, limits.response_bytes):
        return False
    written = written_in(file, limits.response_bytes)
    (found.responses if looks_like_responses(written) else found.unlike).append(written)
    return written in found.responses


def _main(code: list[File]) -> File | None:
    """Return the file to run; None where that is not certain."""
    least = min((len(each.path) for each in code), default=0)
    top = [each for each in code if len(each.path) == least]
    preferred = [each for each in top if _stem(each) in PREFERRED]
    for choice in (preferred, top):
        exported = [each for each in choice if each.suffix == ".py"]
        if len({each.path for each in choice}) == 1:
            return choice[0]  # where an archive holds it twice, its fault says so
        # A notebook and its export as a script: the script needs no guessing.
        if len(exported) == 1 and {_stem(each) for each in choice} == {_stem(exported[0])}:
            return exported[0]
    return None


def _no_code(
    rest: list[File], code: list[File], faults: list[str], expected: str, found: HandedIn
) -> str:
    if faults:
        return faults[0]
    if found.responses:
        return ""
    if len(rest) == 1 and len(rest[0].path) == 1:
        hint = "an archive of another kind than zip and tar, " if _is_packed(rest[0]) else ""
        return f"{rest[0].name} is {hint}not a Python file; expected {expected}"
    names = ", ".join(each.name for each in (code or rest)[:5]) or "no Python file"
    return f"expected one Python file, such as {PREFERRED[0]}.py; found {names}"


def _run(main: File, code: list[File], found: HandedIn, limits: IntakeLimits) -> None:
    """Read the file to run and its modules into `found`."""
    found.is_code = True
    try:
        content = main.read(limits.notebook_bytes if _is_notebook(main) else limits.source_bytes)
        found.digest = _digest(content)
        found.source = _text(main, content, found, limits)
    except UnreadableError as error:
        found.fault = str(error)
        found.digest = _digest((found.digest or "").encode() + found.fault.encode())
        return
    others = [each for each in code if each is not main]
    root = main.path[:-1]
    for each in others:
        inside = each.path[: len(root)] == root and each.suffix == ".py"
        path = "/".join(each.path[len(root) :]) if inside else ""
        _add_module(each, path if _importable(path) else "", found, limits)
    if found.modules:
        found.digest = _digest(repr((found.digest, sorted(found.modules.items()))).encode())
        names = ", ".join(sorted(found.modules))
        found.notes.append(f"{main.name} was run; it may import {names}")


def _add_module(file: File, path: str, found: HandedIn, limits: IntakeLimits) -> None:
    try:
        _require_room(file, path, found, limits)
        found.modules[path] = _decoded(file, file.read(limits.source_bytes))
    except UnreadableError as error:
        found.ignored.append(Listed(_path(file), str(error)))
        found.notes.append(f"{_path(file)} was not used: {error}")


def _require_room(file: File, path: str, found: HandedIn, limits: IntakeLimits) -> None:
    """Refuse what is no module of the file that is run, or one too many.

    Raises:
        UnreadableError: it is.
    """
    if not path:
        raise UnreadableError("it is not the file that was run, nor one that it can import")
    spent = file.size + sum(map(len, found.modules.values()))
    if len(found.modules) >= limits.package_modules or spent > limits.package_bytes:
        raise UnreadableError("it is more than a submission may bring along")


def _text(file: File, content: bytes, found: HandedIn, limits: IntakeLimits) -> str:
    if not _is_notebook(file):
        return _decoded(file, content)
    source, notes = source_of(content, file.name)
    if len(source.encode(errors="replace")) > limits.source_bytes:
        raise UnreadableError(
            f"{file.name} holds more code than the {limits.source_bytes} bytes it may have"
        )
    found.notes.extend(notes)
    return source


def _decoded(file: File, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{file.name} is not UTF-8 text (byte {error.start})") from error


def _useless(file: File) -> str:
    if file.fault:
        return file.fault
    return "no Python file, notebook or response file"


def _importable(path: str) -> bool:
    return bool(path) and all(part.isidentifier() for part in path.removesuffix(".py").split("/"))


def _is_notebook(file: File) -> bool:
    return file.suffix == ".ipynb"


def _is_packed(file: File) -> bool:
    return file.path[-1].lower().endswith(UNKNOWN)


def _stem(file: File) -> str:
    return file.path[-1].rpartition(".")[0]


def _path(file: File) -> str:
    return printable("/".join(file.path))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:16]
