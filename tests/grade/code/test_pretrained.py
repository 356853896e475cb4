"""Tasks that ship the weights that training begins with."""

from __future__ import annotations

from dataclasses import replace

import torch
from safetensors.torch import save

from lrquiz.grade.code.grading import Grader
from lrquiz.grade.intake import Submission
from lrquiz.model.task import Task
from lrquiz.recorder.weights import classifier
from lrquiz.sandbox import Sandbox

LOOKS = """
def train(model, batches, **_):
    raise ValueError(f"first weight {float(model[0].weight[0, 0]):.3f}")
"""


def test_training_begins_with_the_weights_of_the_task(
    task: Task, secret: bytes, box: Sandbox
) -> None:
    """Every student's function is given the shipped weights, and the judge starts from them too."""
    weights = {
        name: torch.full_like(w, 0.125) for name, w in classifier((10, 10, 2)).state_dict().items()
    }
    pretrained = replace(task, weights=save(weights))
    for student in ("ada", "bob"):
        record = Grader(pretrained, secret, box).grade(Submission(student, LOOKS, "digest"))
        assert record.detail == "ValueError: first weight 0.125"
    right = Submission("ada", task.reference, "digest")
    assert Grader(pretrained, secret, box).grade(right).score == task.points
