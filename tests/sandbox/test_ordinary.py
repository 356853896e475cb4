"""The stand-in for a box where there is none: for code of our own."""

from __future__ import annotations

from pathlib import Path

import pytest

from lrquiz.bank.tasks import load_task
from lrquiz.grade.code.box import HARNESS
from lrquiz.grade.code.grading import Grader
from lrquiz.grade.intake import Submission
from lrquiz.model.run import Ending
from lrquiz.sandbox.ordinary import OrdinaryProcess


@pytest.mark.parametrize(
    ("source", "score", "ending"),
    [
        (Path("question_bank/demo/class/ada.py").read_text(), 10, Ending.OK),
        ("def train(*_, **__): print('x' * 100_000)", 0, Ending.OUTPUT_LIMIT),
        ("while True: print('x' * 100_000)", 0, Ending.OUTPUT_LIMIT),
        ("import os\nos._exit(0)", 0, Ending.RUNTIME_ERROR),
    ],
)
def test_our_own_code_is_graded_without_a_box(source: str, score: float, ending: Ending) -> None:
    """The demo's own submissions get the scores they get in a box, and their endings are told."""
    task = load_task(Path("question_bank/tasks/train-with-schedule"))
    with OrdinaryProcess(HARNESS) as process:
        record = Grader(task, bytes(32), process).grade(Submission("ada", source, "digest"))
    assert (record.score, record.ending, record.tier) == (score, ending, "none")
