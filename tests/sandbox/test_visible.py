"""What a box may see of the disk."""

from __future__ import annotations

from pathlib import Path

import lrquiz
from lrquiz.sandbox.visible import visible


def test_grader_is_not_visible() -> None:
    """No folder that a box sees leads to lrquiz, to the bank, or to the grader's tools."""
    shown = visible()
    package = Path(lrquiz.__file__).parent
    for path in (*shown.system, *shown.packages):
        assert not package.is_relative_to(path) or path in {
            str(Path(masked).parent) for masked in shown.masked
        }
        assert Path(path).name not in {"lrquiz", "pydantic", "pytest", "question_bank"}


def test_torch_is_visible_with_what_it_needs() -> None:
    """The named distributions and their requirements are shown, each by its own folder."""
    names = {Path(path).name for path in visible().packages}
    assert {"torch", "numpy", "safetensors", "matplotlib", "sympy"} <= names


def test_root_is_built_over_nothing_that_is_shown() -> None:
    """The folder under which the root is built hides no path of the list."""
    shown = visible()
    for path in (*shown.system, *shown.packages):
        assert not Path(path).is_relative_to(shown.mount_point)
        assert not Path(path).resolve().is_relative_to(shown.mount_point)


def test_outer_folders_come_first() -> None:
    """A folder is bound before what lies inside it, else it would cover it."""
    system = visible().system
    for index, path in enumerate(system):
        assert not any(Path(earlier).is_relative_to(path) for earlier in system[:index])
