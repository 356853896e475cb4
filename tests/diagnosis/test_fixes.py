"""Fixes: each is tried in a run, changes what it must and nothing else, and is kept if it helps."""

from __future__ import annotations

import pytest

from lrquiz.diagnosis.finding import finding
from lrquiz.diagnosis.program import Program
from lrquiz.diagnosis.repair import repaired
from lrquiz.diagnosis.report import Fix
from lrquiz.diagnosis.running import Recorded, Script, run_script
from lrquiz.sandbox.box import Box

HEAD = """import torch
from torch import nn

torch.manual_seed(0)
rows = torch.randn(320, 4)
classes = (rows[:, 0] * rows[:, 1] > 0).long()
net = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 2))
sgd = torch.optim.SGD(net.parameters(), lr=0.3, momentum=0.9)
measure = nn.CrossEntropyLoss()
"""
CLEAR, LOSS = "        sgd.zero_grad()\n", "        cost = measure(net(rows[i]), classes[i])\n"
BACK, STEP = "        cost.backward()  # as always\n", "        sgd.step()\n"
EPOCHS = "for epoch in range(8):\n"
BATCHES = "    for i in torch.randperm(320).split(32):\n"


def loop(*lines: str, head: str = HEAD, after: str = "") -> str:
    return head + EPOCHS + BATCHES + "".join(lines) + after


def line_of(source: str, text: str) -> int:
    return next(n for n, line in enumerate(source.split("\n"), start=1) if text in line)


def fixed(code: str, source: str, at: str, box: Box) -> Fix | None:
    """Return the fix that is found for a mistake at the line with a text."""
    script = Script(source, "train.py", seconds=20)
    told = finding(code, "a mistake", line_of(source, at), evidence="", why="", change="")

    def rerun(changed: str) -> Recorded:
        return run_script(box, Script(changed, "train.py", seconds=20))

    return repaired(told, Program("train.py", source), run_script(box, script), rerun)


def changes(fix: Fix) -> list[str]:
    """Return the lines that a fix takes away and adds."""
    lines = fix.diff.split("\n")[3:]
    return [line for line in lines if line[:1] in {"+", "-"}]


SOFTMAX_HEAD = HEAD.replace("nn.Linear(32, 2))", "nn.Linear(32, 2), nn.Softmax(dim=1))")
SCHEDULED = HEAD + "plan = torch.optim.lr_scheduler.StepLR(sgd, 2, gamma=0.1)\n"
ASLEEP = HEAD + "plan = torch.optim.lr_scheduler.LinearLR(sgd, 1e-4, total_iters=2)\n"
SMALL_HEAD = HEAD.replace("lr=0.3", "lr=3e-5")
CLIP = "        nn.utils.clip_grad_norm_(net.parameters(), 1.0)\n"
WILD_HEAD = HEAD.replace("lr=0.3", "lr=0.1").replace("randn(320, 4)", "randn(320, 4) * 3")
STEEP_HEAD = (
    HEAD.replace("CrossEntropyLoss", "MSELoss")
    .replace(".long()", "[:, None].float() * 100")
    .replace("nn.Linear(32, 2)", "nn.Linear(32, 1)")
)

CASES = [
    pytest.param("G1", loop(LOSS, BACK, STEP, head=WILD_HEAD), "backward",
        ["+        sgd.zero_grad()"], id="G1: clear before backward"),
    pytest.param("G3", loop(LOSS, BACK, CLEAR, STEP), "zero_grad",
        ["+        sgd.zero_grad()", "-        sgd.zero_grad()"], id="G3: clear earlier"),
    pytest.param("G6", loop(CLEAR, LOSS, STEP), "step",
        ["+        cost.backward()"], id="G6: call backward"),
    pytest.param("G7", loop(CLEAR, LOSS, BACK, STEP, CLIP, head=STEEP_HEAD), "clip",
        ["+        nn.utils.clip_grad_norm_(net.parameters(), 1.0)",
         "-        nn.utils.clip_grad_norm_(net.parameters(), 1.0)"], id="G7: clip earlier"),
    pytest.param("O1", loop(CLEAR, LOSS, BACK), "backward",
        ["+        sgd.step()"], id="O1: call step"),
    pytest.param("S1", loop(CLEAR, LOSS, BACK, STEP, "        plan.step()\n", head=SCHEDULED),
        "plan.step", ["-        plan.step()", "+    plan.step()"], id="S1: schedule per epoch"),
    pytest.param("S6", loop(CLEAR, LOSS, BACK, STEP, head=ASLEEP), "plan =",
        ["+    plan.step()"], id="S6: step the schedule"),
    pytest.param("L1", loop(CLEAR, LOSS, BACK, STEP, head=SOFTMAX_HEAD), "cost =",
        ["-net = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 2), nn.Softmax(dim=1))",
         "+net = nn.Sequential(nn.Linear(4, 32), nn.ReLU(), nn.Linear(32, 2))"],
        id="L1: drop the softmax"),
    pytest.param("H2", loop(CLEAR, LOSS, BACK, STEP, head=SMALL_HEAD), "sgd.step",
        ["-sgd = torch.optim.SGD(net.parameters(), lr=3e-5, momentum=0.9)",
         "+sgd = torch.optim.SGD(net.parameters(), lr=0.003, momentum=0.9)"],
        id="H2: raise the rate"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "source", "at", "changed"), CASES)
def test_a_mechanical_mistake_is_mended(
    code: str, source: str, at: str, changed: list[str], box: Box
) -> None:
    """The diff holds the changed lines alone, and the loss that is told ends lower."""
    fix = fixed(code, source, at, box)
    assert fix is not None
    assert changes(fix) == changed
    assert not fix.before < fix.after
    assert f"to {fix.after:.3g}" in fix.says


def test_names_are_read_at_the_lines_of_the_trace(box: Box) -> None:
    """A program whose optimizer is called `loss` and whose loss is called `optimizer` is mended."""
    source = loop(CLEAR, LOSS, STEP).replace("sgd", "loss").replace("cost", "optimizer")
    fix = fixed("G6", source, "loss.step()", box)
    assert fix is not None
    assert changes(fix) == ["+        optimizer.backward()"]


def test_a_statement_among_others_on_its_line_is_mended_there(box: Box) -> None:
    """What stands on one line stays on it."""
    source = (
        HEAD + EPOCHS + BATCHES + LOSS + "        cost.backward(); sgd.zero_grad(); sgd.step()\n"
    )
    fix = fixed("G3", source, "zero_grad", box)
    assert fix is not None
    assert changes(fix) == [
        "-        cost.backward(); sgd.zero_grad(); sgd.step()",
        "+        sgd.zero_grad(); cost.backward(); sgd.step()",
    ]


def test_a_change_that_does_not_help_is_not_offered(box: Box) -> None:
    """In a sound loop nothing that can be moved makes the loss end lower."""
    sound = loop(CLEAR, LOSS, BACK, STEP)
    assert fixed("G3", sound, "zero_grad", box) is None
    assert fixed("G13", sound, "sgd.step", box) is None


def test_a_change_that_breaks_the_program_is_not_offered(box: Box) -> None:
    """The loss is no variable where the step is: the changed program fails, so it is dropped."""
    source = (
        HEAD
        + "def loss_of(i):\n    inner = measure(net(rows[i]), classes[i])\n    return inner\n"
        + EPOCHS
        + BATCHES
        + "        loss_of(i)\n        sgd.step()\n"
    )
    assert fixed("G6", source, "sgd.step", box) is None


def test_a_mistake_without_a_mechanical_fix_has_none(box: Box) -> None:
    """Nobody guesses at data."""
    assert fixed("D3", loop(CLEAR, LOSS, BACK, STEP), "cost =", box) is None
