"""Turn a notebook that was handed in into the Python of its code cells."""

from __future__ import annotations

from lrquiz.errors import NotebookError
from lrquiz.grade.intake.files import UnreadableError
from lrquiz.resources.notebook.cells import code_cells, joined


def source_of(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the code of a notebook of format 3 or 4 as one source, and notes on what it lost.

    Args:
        content: the notebook's bytes, already bounded in size.
        name: what to call it.

    Raises:
        UnreadableError: it is no such notebook.
    """
    try:
        cells = code_cells(content, name)
    except NotebookError as error:
        raise UnreadableError(str(error)) from error
    left_out = sum(cell.left_out for cell in cells)
    notes = [f"{name}: its {len(cells)} code cells were joined and run from top to bottom"]
    if left_out:
        notes.append(
            f"{name}: {left_out} lines that only notebooks understand (such as %matplotlib or !pip)"
            " were left out; a comment stands where each was"
        )
    return joined(cells), tuple(notes)
