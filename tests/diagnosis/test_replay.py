"""Replays: a suspicion about the rate is kept only where other rates bear it out."""

from __future__ import annotations

from lrquiz.diagnosis.finding import Finding, finding
from lrquiz.diagnosis.replay import borne_out
from lrquiz.diagnosis.running import Script, run_script
from lrquiz.model.trace import Trace
from lrquiz.sandbox.box import Box

PROGRAM = """
import torch
torch.manual_seed(0)
x = torch.randn(256, 4)
y = x @ torch.tensor([[1.0], [-2.0], [0.5], [3.0]])
model = torch.nn.Linear(4, 1)
optimizer = torch.optim.SGD(model.parameters(), lr={rate})
for epoch in range(4):
    for i in range(0, 256, 32):
        optimizer.zero_grad()
        loss = ((model(x[i : i + 32]) - y[i : i + 32]) ** 2).mean()
        loss.backward()
        optimizer.step()
"""


def suspicion(code: str, update: float) -> Finding:
    told = "the loss does not fall"
    return finding(
        code, "The rate", 13, evidence=told, why="", change="", candidate=1, update=update
    )


def replayed(
    code: str, rate: float, box: Box, update: float = 1e-5
) -> tuple[Finding | None, list[float]]:
    """Return what becomes of a suspicion, and the factors that were tried."""
    script, tried = Script(PROGRAM.format(rate=rate), "train.py", seconds=20), [1.0]

    def replay(factor: float) -> Trace | None:
        tried.append(factor)
        return run_script(box, script, factor).trace

    trace = run_script(box, script).trace
    assert trace is not None
    return borne_out(suspicion(code, update), trace, replay), tried


def test_a_rate_that_is_too_high_is_borne_out(box: Box) -> None:
    """The loss explodes, and falls at a tenth of the rate; the figures are in the evidence."""
    found, _ = replayed("H1", 2.0, box)
    assert found is not None
    assert found.numbers["factor"] == 0.1
    assert found.numbers["end_replayed"] < 0.1
    assert "10 times less than this rate" in found.evidence


def test_a_rate_that_is_too_low_is_borne_out(box: Box) -> None:
    """The loss hardly moves, and falls at a hundred times the rate."""
    found, tried = replayed("H2", 1e-5, box)
    assert found is not None
    assert found.numbers["factor"] in {10.0, 100.0}
    assert tried[0:2] == [1.0, 10.0]


def test_a_rate_far_too_low_is_tried_at_usual_steps(box: Box) -> None:
    """Factors go by how little a step changes: a hundred thousand times is tried, ten is not."""
    found, tried = replayed("H2", 1e-7, box, update=1e-8)
    assert found is not None
    assert found.numbers["factor"] == tried[-1] == 1e4
    assert tried == [1.0, 1e4]


def test_a_rate_that_is_fine_is_suspected_in_vain(box: Box) -> None:
    """Neither a tenth nor a hundred times the rate is better by much: nothing is told."""
    assert replayed("H1", 0.1, box)[0] is None
    assert replayed("H2", 0.1, box)[0] is None
