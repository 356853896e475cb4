"""Reading a program: scripts, notebooks, and the modules that travel along."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lrquiz.diagnosis.program import Program, read_program
from lrquiz.errors import NotebookError, ScriptError


def written(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def test_modules_that_are_imported_travel_along(tmp_path: Path) -> None:
    """Files, packages and relative imports are followed; what nobody imports stays."""
    written(
        tmp_path,
        {
            "train.py": "import model\nfrom tools.data import load\nimport torch\n",
            "model.py": "from layers import Block\n",
            "layers.py": "Block = 1\n",
            "tools/__init__.py": "",
            "tools/data.py": "from . import paths\nfrom .deep.one import x\n",
            "tools/paths.py": "",
            "tools/deep/one.py": "x = 1\n",
            "unused.py": "",
        },
    )
    program = read_program(tmp_path / "train.py")
    assert sorted(program.modules) == [
        "layers.py",
        "model.py",
        "tools/__init__.py",
        "tools/data.py",
        "tools/deep/one.py",
        "tools/paths.py",
    ]


def test_modules_are_bounded_in_number(tmp_path: Path) -> None:
    """A folder of a thousand modules does not make the request endless."""
    written(tmp_path, {f"m{i}.py": "" for i in range(100)})
    written(tmp_path, {"train.py": "\n".join(f"import m{i}" for i in range(100))})
    assert len(read_program(tmp_path / "train.py").modules) == 60


def test_a_script_that_python_cannot_read_has_no_modules(tmp_path: Path) -> None:
    """It is read all the same: running it tells where it is wrong."""
    written(tmp_path, {"train.py": "import model\nx = (\n", "model.py": ""})
    assert read_program(tmp_path / "train.py").modules == {}


def test_a_notebook_is_its_code_cells(tmp_path: Path) -> None:
    """Magics are left out and counted, and every line knows its cell."""
    cells = [
        {"cell_type": "code", "source": "%matplotlib inline\nimport torch", "metadata": {}},
        {"cell_type": "markdown", "source": "text", "metadata": {}},
        {"cell_type": "code", "source": ["x = 1\n", "y = 2"], "metadata": {}},
    ]
    notebook = {"nbformat": 4, "nbformat_minor": 0, "metadata": {}, "cells": cells}
    (tmp_path / "train.ipynb").write_text(json.dumps(notebook))
    program = read_program(tmp_path / "train.ipynb")
    lines = program.source.split("\n")
    assert program.left_out == 1
    assert program.cell_of(lines.index("import torch") + 1) == (1, 2)
    assert program.cell_of(lines.index("y = 2") + 1) == (2, 2)


def test_lines_of_a_script_have_no_cell() -> None:
    """Only notebooks have cells."""
    assert Program("train.py", "x = 1\n").cell_of(1) is None


def test_what_cannot_be_read_is_told_in_one_sentence(tmp_path: Path) -> None:
    """Missing, a folder, no text, no notebook: each has its reason."""
    (tmp_path / "latin.py").write_bytes(b"x = '\xe9'")
    (tmp_path / "broken.ipynb").write_text("{")
    for name, reason in (
        ("absent.py", "no such file"),
        (".", "is no file"),
        ("latin.py", "not UTF-8"),
    ):
        with pytest.raises(ScriptError, match=reason):
            read_program(tmp_path / name)
    with pytest.raises(NotebookError, match="not JSON"):
        read_program(tmp_path / "broken.ipynb")
