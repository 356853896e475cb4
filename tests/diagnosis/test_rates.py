"""Rates: suspected of a program as a whole, and told only where runs at other rates bear it out."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from lrquiz.diagnosis import diagnose
from lrquiz.diagnosis.finding import ERROR, Finding
from lrquiz.diagnosis.replay import borne_out, is_candidate
from lrquiz.diagnosis.running import Script, run_script
from lrquiz.model.trace import Trace
from lrquiz.sandbox.box import Box

MISTAKES = Path(__file__).parents[1] / "programs" / "mistakes"
EXPECTED = tomllib.loads((MISTAKES / "expected.toml").read_text())
BY_REPLAY = sorted(name for name, want in EXPECTED.items() if want.get("replay"))
LOOP = """
import torch
torch.manual_seed(0)
x = torch.randn(200, 4)
y = x.sum(1, keepdim=True)
model = torch.nn.Linear(4, 1)
optimizer = torch.optim.SGD(model.parameters(), lr={rate})
for step in range({steps}):
    rows = torch.randint(0, 200, (20,))
    {before}
    loss = torch.nn.functional.mse_loss(model(x[rows]), y[rows])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
"""


def script(source: str) -> Script:
    return Script(source, "train.py", seconds=10)


def suspected(box: Box, source: str) -> tuple[tuple[Finding, ...], Trace]:
    trace = run_script(box, script(source)).trace
    assert trace is not None
    return diagnose(trace, source, suspicions=True), trace


@pytest.mark.parametrize("name", BY_REPLAY)
def test_a_wrong_rate_is_found_and_borne_out(box: Box, name: str) -> None:
    """What the trace does not prove, a run at another rate does."""
    source, want = (MISTAKES / f"{name}.py").read_text(), EXPECTED[name]
    (found, *_), trace = suspected(box, source)
    assert found.code == want["code"]
    assert found.line in want["lines"]
    if is_candidate(found):
        shown = borne_out(found, trace, lambda by: run_script(box, script(source), by).trace)
        assert shown is not None


def test_a_suspicion_is_no_finding(box: Box) -> None:
    """Without other runs, a loss that stands still is nothing that is told."""
    found, trace = suspected(box, LOOP.format(rate=1e-8, steps=80, before="pass"))
    assert [(each.code, is_candidate(each)) for each in found] == [("H2", True)]
    assert diagnose(trace) == ()


def test_a_range_test_raises_the_rate_on_purpose(box: Box) -> None:
    """A rate that is raised with every step until the loss explodes is not too high."""
    raise_it = 'optimizer.param_groups[0]["lr"] *= 1.2'
    found, trace = suspected(box, LOOP.format(rate=1e-3, steps=120, before=raise_it))
    assert not trace.steps["loss"][-1] < 1e6
    assert [each for each in found if each.severity == ERROR] == []


def test_a_loss_that_ends_as_no_number_is_a_rate_too_high(box: Box) -> None:
    """Where nothing else is wrong, no other run is needed to tell; the line is the optimizer's."""
    (found,), _ = suspected(box, LOOP.format(rate=9.0, steps=120, before="pass"))
    assert (found.code, found.line, found.severity) == ("H1", 7, ERROR)
    assert not is_candidate(found)
