"""The page of a diagnosis: a gold file, and a script's own text that stays text."""

from __future__ import annotations

from lrquiz.diagnosis.finding import ADVICE, finding
from lrquiz.diagnosis.place import place_of
from lrquiz.diagnosis.program import Program
from lrquiz.diagnosis.report import Fix, Report, Told
from lrquiz.diagnosis.running import Frame, Recorded
from lrquiz.model.run import Ending, Run
from lrquiz.model.trace import Event, Trace
from lrquiz.report.diagnosis_view import diagnosis_view
from lrquiz.report.kinds import DIAGNOSIS
from lrquiz.report.page import render_page
from tests.report.conftest import Compare

SOURCE = """for x, y in loader:
    loss = measure(net(x), y)  # </code><script>alert(1)</script>
    loss.backward()
    sgd.step()
"""
HOSTILE = "ValueError: </pre><script>alert(1)</script><img src=http://elsewhere/x>"


def report(error: str = "") -> Report:
    """A run of 900 steps whose loss climbs, and is no number in the end."""
    losses = (*(0.5 + n / 300 for n in range(890)), *[float("nan")] * 10)
    events = [Event("backward", n, 3) for n in range(900)] + [
        Event("step", n, 4) for n in range(900)
    ]
    trace = Trace(
        steps={"loss": losses, "lr": tuple(0.1 if n < 450 else 0.01 for n in range(900))},
        events=tuple(events),
        recorded=frozenset({"events", "step.loss", "step.lr"}),
    )
    run = Run(Ending.OK, "", b"", "", "", 1.234, 1.0, 300.0, "full")
    frames = (Frame(2, "<module>", "loss = measure(net(x), y)"),) if error else ()
    recorded = Recorded(trace, "error" if error else "ok", error, frames, run)
    program = Program("train.py", SOURCE)
    return Report(program, recorded, told(program), "What it means." if error else "", ("A note.",))


def told(program: Program) -> tuple[Told, ...]:
    advice = finding(
        "H3", "Training ends early", None, evidence="it still falls", why="Why.",
        change="Train on.", severity=ADVICE,
    )  # fmt: skip
    error = finding(
        "G1", "Gradients are never cleared", 3, evidence="backward() ran 900 times",
        why="PyTorch adds.", change="Call sgd.zero_grad().", backwards=900,
    )  # fmt: skip
    diff = "--- train.py\n+++ train.py (changed)\n@@ -1 +1,2 @@\n+    sgd.zero_grad()\n"
    says = "with this change the loss goes from 0.5 to 0.1 (it became no finite number)"
    fix = Fix("", diff, 0.5, float("nan"), 0.1, says)
    return Told(advice, None), Told(error, place_of(program, 3), fix)


def page(error: str = "") -> str:
    return render_page(DIAGNOSIS, diagnosis_view(report(error)))


def test_diagnosis_page(compare: Compare) -> None:
    """The page of a made-up diagnosis is the one that somebody has looked at."""
    compare("diagnosis.html", page())


def test_errors_come_before_advice() -> None:
    """Whatever order they are found in."""
    assert [each.severity for each in diagnosis_view(report()).findings] == ["error", "advice"]


def test_what_a_script_says_stays_text() -> None:
    """Neither its source nor its error becomes markup, and nothing remote is referred to."""
    text = page(HOSTILE)
    assert "What it means." in text
    assert "<script" not in text
    assert "<img" not in text
    assert 'src="http' not in text


def test_a_long_run_is_drawn_in_few_points() -> None:
    """The page stays small however long a program trains; its axis still counts steps."""
    assert len(page()) < 60_000
    assert "step, counted from 1" in page()
