"""Programs that catch whatever is raised are cut at their time limit, and told as others are."""

from __future__ import annotations

import pytest

from lrquiz.diagnosis.running import Script, run_script
from lrquiz.recorder.cutting import compiled
from lrquiz.sandbox.box import Box

LOOP = """
import torch
model = torch.nn.Linear(2, 1)
while True:
    try:
        while True:
            try:
                model(torch.ones(3, 2)).sum().backward()
            {inner}
                pass
    {outer}
        pass
"""
RAISES = """
import inspect, sys
def fails():
    try:
        raise KeyError("no")
    except:
        shown = sys.exc_info()[2].tb_lineno, inspect.currentframe().f_lineno
        raise ValueError("yes") from None
"""


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("except:", "except:"),
        ("except (ValueError, BaseException):", "except Exception:"),
        ("except BaseException as error:", "except:"),
    ],
)
def test_what_catches_everything_is_cut(box: Box, inner: str, outer: str) -> None:
    """However deep in handlers of everything it is, and what it did by then is recorded."""
    source = LOOP.format(inner=inner, outer=outer)
    run = run_script(box, Script(source, "program.py", seconds=1.0))
    assert run.ended == "cut"
    assert run.trace is not None
    assert run.trace.count("backward") > 1


def test_no_line_moves(box: Box) -> None:
    """A program's own handlers run as ever, and tracebacks show the lines that it has."""
    run = run_script(box, Script(f"{RAISES}\nfails()\n", "program.py", seconds=5.0))
    assert (run.ended, run.error) == ("error", "ValueError: yes")
    assert [(each.line, each.function) for each in run.traceback] == [
        (10, "<module>"),
        (8, "fails"),
    ]


@pytest.mark.parametrize("source", [LOOP.format(inner="except:", outer="except:"), RAISES])
def test_lines_of_the_code_are_those_of_the_source(source: str) -> None:
    """Nothing that is inserted has a line of its own."""
    lines = {line for *_, line in compiled(source, "program.py").co_lines() if line}
    plain = {line for *_, line in compile(source, "program.py", "exec").co_lines() if line}
    assert lines == plain


def test_annotations_are_evaluated_as_without_us() -> None:
    """A program has the `__future__` that it asks for, and none of ours."""
    made: dict[str, object] = {}
    exec(compiled("def f(x: int): pass", "program.py"), made)  # noqa: S102 - our own text
    assert getattr(made["f"], "__annotations__", None) == {"x": int}


@pytest.mark.parametrize("source", ["try:\n    x =\nexcept: pass", "return 1\ntry: x\nexcept: x"])
def test_faults_of_syntax_are_told_as_python_tells_them(source: str) -> None:
    """The same message, at the same place."""
    with pytest.raises(SyntaxError) as ours:
        compiled(source, "program.py")
    with pytest.raises(SyntaxError) as plain:
        compile(source, "program.py", "exec")
    assert (ours.value.msg, ours.value.lineno) == (plain.value.msg, plain.value.lineno)
