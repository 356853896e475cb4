"""Lines of the watched code."""

from __future__ import annotations

from collections.abc import Callable

from lrquiz.recorder.watch.lines import Lines

SOURCE = """\
def straight(ask):
    return ask()

def within(ask):
    for _ in range(2):
        found = straight(ask), ask()
    return found

def both(ask):
    return [ask(), ask()] + [
        ask()
    ]
"""


def _program(filename: str) -> dict[str, Callable[[Callable[[], object]], object]]:
    names: dict[str, Callable[[Callable[[], object]], object]] = {}
    exec(compile(SOURCE, filename, "exec"), names)  # noqa: S102 - a program of our own
    return names


def test_the_innermost_line_of_the_file_is_told_each_time() -> None:
    """Also where functions of the file call each other, in loops, and several times in a line."""
    lines, program = Lines("watched.py"), _program("watched.py")

    def ask() -> object:
        return lines.above(1)

    for _ in range(3):
        assert program["straight"](ask) == 2
        assert program["within"](ask) == (2, 6)
        assert program["both"](ask) == [10, 10, 11]


def test_code_of_other_files_is_passed_over() -> None:
    """A call that comes from the file by way of a library has the line in the file."""
    lines, library, program = Lines("watched.py"), _program("library.py"), _program("watched.py")
    assert program["straight"](lambda: library["straight"](lambda: lines.above(1))) == 2
    assert library["straight"](lambda: lines.above(1)) is None
    assert program["straight"](lambda: Lines(None).above(1)) is None
