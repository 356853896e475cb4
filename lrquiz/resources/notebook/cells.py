"""Read the code cells of a notebook; outputs and metadata are never looked at."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from lrquiz.errors import NotebookError
from lrquiz.resources.notebook.magics import without_magics

_MAX_CELLS = 5_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One code cell as Python."""

    number: int
    """counted from 1, code cells alone"""
    code: str
    left_out: int
    """lines that only notebooks understand; a comment stands for each"""

    @property
    def text(self) -> str:
        """The cell under a line that says which it is."""
        return f"# cell {self.number}\n{self.code}\n"


def code_cells(content: bytes, name: str) -> tuple[Cell, ...]:
    """Return the code cells of a notebook of format 3 or 4.

    Args:
        content: the notebook's bytes, already bounded in size.
        name: what to call it.

    Raises:
        NotebookError: it is no such notebook.
    """
    cells = []
    for number, text in enumerate(_texts(content, name), start=1):
        code, left_out = without_magics(text)
        cells.append(Cell(number, code.rstrip(), left_out))
    return tuple(cells)


def joined(cells: tuple[Cell, ...]) -> str:
    """Return the code of all cells as one source."""
    return "\n".join(cell.text for cell in cells)


def _texts(content: bytes, name: str) -> list[str]:
    """Return the code cells, upgraded to format 4 by nbformat.

    Raises:
        NotebookError: it is no notebook of format 3 or 4.
    """
    import nbformat  # noqa: PLC0415 - takes a fifth of a second, and few submissions are notebooks

    plain = json.dumps(_only_code(_parsed(content, name), name))
    upgraded = nbformat.reads(plain, as_version=4)  # type: ignore[no-untyped-call]
    return [str(cell.source) for cell in upgraded.cells]


def _parsed(content: bytes, name: str) -> dict[str, Any]:
    try:
        notebook = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise NotebookError(f"{name} is no notebook: it is not JSON") from error
    number = notebook.get("nbformat") if isinstance(notebook, dict) else None
    if not isinstance(number, int) or number not in {3, 4}:
        raise NotebookError(f"{name} is no notebook of format 3 or 4; save it again in Jupyter")
    return dict(notebook)


def _only_code(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a notebook with the same code cells and nothing else.

    Raises:
        NotebookError: its cells are not what the format says.
    """
    old = notebook["nbformat"] == 3
    sheets = notebook.get("worksheets", []) if old else [notebook]
    if not isinstance(sheets, list) or not all(isinstance(each, dict) for each in sheets):
        raise NotebookError(f"{name} is a damaged notebook")
    every = [cell for sheet in sheets for cell in _cells(sheet, name)]
    key = "input" if old else "source"
    cells = [
        _cell(each.get(key), name, old=old) for each in every if each.get("cell_type") == "code"
    ]
    body = {"worksheets": [{"cells": cells}]} if old else {"cells": cells}
    return {"nbformat": 3 if old else 4, "nbformat_minor": 0, "metadata": {}, **body}


def _cells(sheet: dict[str, Any], name: str) -> list[dict[str, Any]]:
    cells = sheet.get("cells", [])
    fine = isinstance(cells, list) and len(cells) <= _MAX_CELLS
    if not fine or not all(isinstance(each, dict) for each in cells):
        raise NotebookError(f"{name} is a damaged notebook, or has over {_MAX_CELLS} cells")
    return list(cells)


def _cell(text: object, name: str, *, old: bool) -> dict[str, Any]:
    lines = [text] if isinstance(text, str) else text
    if not isinstance(lines, list) or not all(isinstance(each, str) for each in lines):
        raise NotebookError(f"{name} is a damaged notebook: a cell's code is no text")
    common = {"cell_type": "code", "metadata": {}, "outputs": []}
    code = "".join(lines)
    if old:
        return {**common, "language": "python", "input": code, "collapsed": False}
    return {**common, "source": code, "execution_count": None}
