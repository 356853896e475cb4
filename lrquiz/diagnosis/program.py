"""Read a program to be diagnosed: a script or a notebook, and the modules that it brings along."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lrquiz.errors import ScriptError
from lrquiz.resources.notebook.cells import code_cells, joined

_SCRIPT_BYTES, _NOTEBOOK_BYTES = 1_000_000, 8_000_000
_MODULES, _MODULE_BYTES = 60, 1_000_000
_STDIN_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class Program:
    """A script, or a notebook's cells as one script."""

    name: str
    """its file name"""
    source: str
    modules: Mapping[str, str] = field(default_factory=dict)
    """sources by path of the files beside it that it imports, such as `tools/data.py`"""
    cells: tuple[int, ...] = ()
    """of a notebook, the line of `source` above each code cell"""
    left_out: int = 0
    """lines of a notebook that are no Python"""

    def cell_of(self, line: int) -> tuple[int, int] | None:
        """Return which cell a line is in, and its line there, both from 1; None in a script."""
        before = [each for each in self.cells if each < line]
        return (len(before), line - before[-1]) if before else None


def read_program(path: Path) -> Program:
    """Read a script or notebook and the modules beside it; nothing of them is executed.

    Raises:
        ScriptError: it is missing, too large, or no text.
        NotebookError: it is no notebook of a format that can be read.
    """
    if path.suffix.lower() == ".ipynb":
        cells = code_cells(_content(path, _NOTEBOOK_BYTES), path.name)
        source, starts, at = joined(cells), [], 1
        for cell in cells:
            starts.append(at)
            at += cell.text.count("\n") + 1
        left_out = sum(cell.left_out for cell in cells)
        return Program(path.name, source, _siblings(path, source), tuple(starts), left_out)
    source = _text(path, _SCRIPT_BYTES)
    return Program(path.name, source, _siblings(path, source))


def read_stdin(path: Path) -> str:
    """Return the file that a script is to read as its standard input.

    Raises:
        ScriptError: it is missing, too large, or no text.
    """
    return _text(path, _STDIN_BYTES)


def _text(path: Path, most: int) -> str:
    try:
        return _content(path, most).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScriptError(f"{path} is not UTF-8 text (byte {error.start}); save it so") from error


def _content(path: Path, most: int) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise ScriptError(f"{path} is no file; name a Python script or a notebook")
        with path.open("rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise ScriptError(f"{path} cannot be read: {reason}") from error
    if len(content) > most:
        raise ScriptError(f"{path} is larger than the {most} bytes that are read of it")
    return content


def _siblings(path: Path, source: str) -> dict[str, str]:
    """Return the files of the script's folder that it imports, and those that these import."""
    found: dict[str, str] = {}
    waiting, spent = list(_imported(source, "")), 0
    while waiting and len(found) < _MODULES:
        place = waiting.pop()
        file = path.parent / place
        if place in found or place == path.name or not file.is_file():
            continue
        try:
            text = _text(file, _MODULE_BYTES - spent)
        except ScriptError:  # then its import fails, and says so
            continue
        found[place], spent = text, spent + len(text)
        waiting.extend(_imported(text, place.rpartition("/")[0]))
    return found


def _imported(source: str, folder: str) -> Iterator[str]:
    """Yield the paths at which what a source imports may lie, seen from the script's folder."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield from _places(alias.name.split("."))
        elif isinstance(node, ast.ImportFrom):
            parts = folder.split("/") if folder and node.level else []
            base = parts[: len(parts) - node.level + 1] if node.level else parts
            base = [*base, *(node.module or "").split(".")] if node.module else base
            yield from _places(base)
            for alias in node.names:
                yield from _places([*base, alias.name])


def _places(parts: list[str]) -> Iterator[str]:
    for end in range(1, len(parts) + 1):
        joined_parts = "/".join(parts[:end])
        yield f"{joined_parts}/__init__.py"
    if parts:
        yield f"{'/'.join(parts)}.py"
