"""The tolerance of the shipped task, over the corpus of right and wrong submissions."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from lrquiz.diagnosis import diagnose
from lrquiz.grade.code.hidden import CaseSeeds, draw_case, request_for
from lrquiz.grade.code.judge import read_reply, recompute, train_reference
from lrquiz.model.task import Task
from lrquiz.recorder.harness import serve

CORPUS = Path(__file__).parents[2] / "submissions"
EXPECTED_CODES = {
    "missing_backward": "G6",
    "no_step": "O1",
    "no_zero_grad": "G1",
    "nan": "H1",
    "scheduler_per_batch": "S1",
    "softmax_before_loss": "L1",
}


def measure(task: Task, source: str, seeds: range) -> tuple[float, set[str]]:
    """Return the largest distance to the reference over all cases, and the mistakes found."""
    worst, codes = 0.0, set()
    for seed in seeds:
        for case in task.cases:
            hidden = draw_case(task, case, CaseSeeds(seed, seed + 100, seed + 200))
            trace, weights = read_reply(serve(request_for(task, hidden, source)))
            off = recompute(task, hidden, train_reference(task, hidden), weights).off
            worst = max(worst, math.inf if math.isnan(off) else off)
            assert trace is not None, "the recorder leaves one that can be read"
            codes |= {each.code for each in diagnose(trace)}
    return worst, codes


@pytest.mark.parametrize("path", sorted(CORPUS.glob("right/*.py")), ids=lambda path: path.stem)
def test_right_styles_are_far_inside(task: Task, path: Path) -> None:
    """A right submission in any style stays ten times inside the tolerance, and is not accused."""
    worst, codes = measure(task, path.read_text(), range(3))
    assert worst <= task.tolerance / 10
    assert not codes


@pytest.mark.filterwarnings("ignore")  # torch's own advice to the mistaken
@pytest.mark.parametrize("path", sorted(CORPUS.glob("wrong/*.py")), ids=lambda path: path.stem)
def test_wrong_ones_are_far_outside(task: Task, path: Path) -> None:
    """A wrong submission raises or lies ten times outside; where there is a rule, it is named."""
    try:
        worst, codes = measure(task, path.read_text(), range(1))
    except TypeError:
        return
    assert worst >= task.tolerance * 10
    expected = EXPECTED_CODES.get(path.stem)
    assert codes == ({expected} if expected else set())
