"""Notebooks: the Python of their code cells, and what only notebooks understand left out."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.grade.intake import collect
from lrquiz.resources.notebook.magics import without_magics


def _notebook(*cells: str, **extra: object) -> str:
    rows: list[object] = [{"cell_type": "markdown", "source": "# words"}]
    rows += [{"cell_type": "code", "source": cell.splitlines(keepends=True)} for cell in cells]
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": rows, **extra})


def test_code_cells_become_one_source(tmp_path: Path) -> None:
    """Cells follow each other, marked by their numbers, and the student is told."""
    (tmp_path / "ada.ipynb").write_text(_notebook("%matplotlib inline\nx = 1", "y = x + 1"))
    (submission,) = collect(tmp_path).submissions
    assert submission.source == (
        "# cell 1\n# left out: %matplotlib inline\nx = 1\n\n# cell 2\ny = x + 1\n"
    )
    assert "1 lines that only notebooks understand" in submission.notes[1]


def test_format_three_is_upgraded(tmp_path: Path) -> None:
    """Notebooks of old releases keep their code."""
    cell = {"cell_type": "code", "input": ["x = 1"], "outputs": "nonsense", "language": "python"}
    old = {"nbformat": 3, "nbformat_minor": 0, "worksheets": [{"cells": [cell]}]}
    (tmp_path / "ada.ipynb").write_text(json.dumps(old))
    assert collect(tmp_path).submissions[0].source == "# cell 1\nx = 1\n"


def test_outputs_and_metadata_are_never_looked_at(tmp_path: Path) -> None:
    """Whatever nonsense stands in them, the code is read."""
    cell = {"cell_type": "code", "source": "x = 1", "outputs": 7, "metadata": [], "id": {}}
    notebook = {"nbformat": 4, "cells": [cell], "metadata": "no"}
    (tmp_path / "ada.ipynb").write_text(json.dumps(notebook))
    assert collect(tmp_path).submissions[0].source == "# cell 1\nx = 1\n"


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        '{"nbformat": 2}',
        '{"nbformat": [4]}',
        '{"nbformat": 4, "cells": {}}',
        '{"nbformat": 4, "cells": [1]}',
        '{"nbformat": 4, "cells": [{"cell_type": "code", "source": 1}]}',
        '{"nbformat": 4, "cells": [{"cell_type": "code", "source": [1]}]}',
        '{"nbformat": 3, "worksheets": 1}',
        "[" * 100_000,
    ],
)
def test_a_damaged_notebook_says_so(tmp_path: Path, content: str) -> None:
    """What is no notebook is a submission with a fault, not an error."""
    (tmp_path / "ada.ipynb").write_text(content)
    assert "notebook" in collect(tmp_path).submissions[0].fault


def test_too_much_code_is_refused(tmp_path: Path) -> None:
    """The code of a notebook is bounded as that of a file is; a page of outputs is not code."""
    (tmp_path / "ada.ipynb").write_text(_notebook("#" * 300_000))
    (tmp_path / "bob.ipynb").write_text(_notebook("x = 1", outputs="o" * 1_000_000))
    ada, bob = collect(tmp_path).submissions
    assert "more code than" in ada.fault
    assert not bob.fault


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("!pip install torch \\\n  --quiet\nx = 1", ["x = 1"]),
        ("if x:\n    !ls\ny = 2", ["if x:", "    pass", "y = 2"]),
        ("files = !ls\nx = 1", ["x = 1"]),
        ("%time x = 1", []),
        ("torch.nn?\n?torch\nx = 1", ["x = 1"]),
        ("%%time\nx = 1", ["x = 1"]),
        ("%%bash\nrm -rf x", []),
    ],
)
def test_notebook_commands_are_left_out(cell: str, expected: list[str]) -> None:
    """Magics, shell lines and help go, with a comment in their stead, and blocks stay whole."""
    code, count = without_magics(cell)
    kept = [line.partition("#")[0].rstrip() for line in code.splitlines()]
    assert [line for line in kept if line] == expected
    assert count > 0
    ast.parse(code)


@pytest.mark.parametrize(
    "cell",
    [
        "x = (7\n  % 2)",
        's = """\n!not a command\n%nor this\n"""',
        "x = 7 \\\n % 2",
        "x = {'a': 7\n % 2}",
        "y = 'it''s' # don't\nx = 1",
        'r"\\"\nx != 1',
        "x %= 2",
    ],
)
def test_python_is_left_alone(cell: str) -> None:
    """A line of ordinary Python that begins with `%` or `!` goes on from the one before."""
    assert without_magics(cell) == (cell, 0)


@given(
    st.recursive(
        st.sampled_from(["a", "'!'", '"%"', "7"]),
        lambda inner: inner | st.tuples(inner, inner).map(lambda pair: f"({pair[0]}\n% {pair[1]})"),
    )
)
def test_any_expression_over_lines_is_left_alone(expression: str) -> None:
    """However deep the brackets, no line of an expression is taken for a command."""
    assert without_magics(f"x = ({expression})\ny = 1") == (f"x = ({expression})\ny = 1", 0)
