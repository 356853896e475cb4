"""Turn a notebook into the Python of its code cells; outputs and metadata are never looked at."""

from __future__ import annotations

import json
from typing import Any

from lrquiz.grade.intake.files import UnreadableError
from lrquiz.grade.intake.magics import without_magics

_MAX_CELLS = 5_000


def source_of(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the code of a notebook of format 3 or 4 as one source, and notes on what it lost.

    Args:
        content: the notebook's bytes, already bounded in size.
        name: what to call it.

    Raises:
        UnreadableError: it is no such notebook.
    """
    cells = [_Cell(number, text) for number, text in enumerate(_code_cells(content, name), start=1)]
    left_out = sum(cell.left_out for cell in cells)
    notes = [f"{name}: its {len(cells)} code cells were joined and run from top to bottom"]
    if left_out:
        notes.append(
            f"{name}: {left_out} lines that only notebooks understand (such as %matplotlib or !pip)"
            " were left out; a comment stands where each was"
        )
    return "\n".join(cell.text for cell in cells), tuple(notes)


class _Cell:
    """One code cell as Python."""

    def __init__(self, number: int, text: str) -> None:
        code, self.left_out = without_magics(text)
        self.text = f"# cell {number}\n{code.rstrip()}\n"


def _code_cells(content: bytes, name: str) -> list[str]:
    """Return the code cells, upgraded to format 4 by nbformat.

    Raises:
        UnreadableError: it is no notebook of format 3 or 4.
    """
    import nbformat  # noqa: PLC0415 - takes a fifth of a second, and few submissions are notebooks

    plain = json.dumps(_only_code(_parsed(content, name), name))
    upgraded = nbformat.reads(plain, as_version=4)  # type: ignore[no-untyped-call]
    return [str(cell.source) for cell in upgraded.cells]


def _parsed(content: bytes, name: str) -> dict[str, Any]:
    try:
        notebook = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"{name} is no notebook: it is not JSON") from error
    number = notebook.get("nbformat") if isinstance(notebook, dict) else None
    if not isinstance(number, int) or number not in {3, 4}:
        raise UnreadableError(f"{name} is no notebook of format 3 or 4; save it again in Jupyter")
    return dict(notebook)


def _only_code(notebook: dict[str, Any], name: str) -> dict[str, Any]:
    """Return a notebook with the same code cells and nothing else.

    Raises:
        UnreadableError: its cells are not what the format says.
    """
    old = notebook["nbformat"] == 3
    sheets = notebook.get("worksheets", []) if old else [notebook]
    if not isinstance(sheets, list) or not all(isinstance(each, dict) for each in sheets):
        raise UnreadableError(f"{name} is a damaged notebook")
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
        raise UnreadableError(f"{name} is a damaged notebook, or has over {_MAX_CELLS} cells")
    return list(cells)


def _cell(text: object, name: str, *, old: bool) -> dict[str, Any]:
    lines = [text] if isinstance(text, str) else text
    if not isinstance(lines, list) or not all(isinstance(each, str) for each in lines):
        raise UnreadableError(f"{name} is a damaged notebook: a cell's code is no text")
    common = {"cell_type": "code", "metadata": {}, "outputs": []}
    code = "".join(lines)
    if old:
        return {**common, "language": "python", "input": code, "collapsed": False}
    return {**common, "source": code, "execution_count": None}
