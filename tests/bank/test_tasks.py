"""Task folders: what is wrong with one is told by file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import save

from lrquiz.bank.tasks import load_task
from lrquiz.errors import TaskError
from lrquiz.recorder.weights import classifier

SHIPPED = "train-with-schedule"


@pytest.fixture
def folder(tmp_path: Path, repository: Path) -> Path:
    made = tmp_path / SHIPPED
    shutil.copytree(repository / "question_bank" / "tasks" / SHIPPED, made)
    return made


def _with_weights(folder: Path, content: bytes | None, name: str = "start.safetensors") -> Path:
    if content is not None:
        (folder / name).write_bytes(content)
    file = folder / "task.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("layers =", f'weights = "{name}"\nlayers =', 1), encoding="utf-8")
    return folder


def test_weights_of_the_task_are_taken(folder: Path) -> None:
    """A task may ship the weights that training begins with; they are part of its version."""
    plain = load_task(folder)
    weights = save(classifier((10, 10, 2)).state_dict())
    task = load_task(_with_weights(folder, weights))
    assert task.weights == weights
    assert task.version != plain.version


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"not tensors", "start.safetensors holds no safetensors"),
        (save({"0.weight": torch.zeros(3)}), "layers need 0.bias F32 [10], 0.weight F32 [10, 10]"),
        (save({"0.weight": torch.zeros(10, 10, dtype=torch.float64)}), "0.weight F64 [10, 10]"),
        (None, "the weights cannot be read: no such file or directory"),
    ],
)
def test_other_weights_are_refused(folder: Path, content: bytes | None, told: str) -> None:
    """Weights that are missing, no safetensors, or of another network are told in one sentence."""
    with pytest.raises(TaskError) as refused:
        load_task(_with_weights(folder, content))
    assert told in str(refused.value)


def test_weights_lie_in_the_folder(folder: Path) -> None:
    """A path that leads out of the task's folder is no name of its weights."""
    with pytest.raises(TaskError, match="weights"):
        load_task(_with_weights(folder, None, "../start.safetensors"))


@pytest.mark.parametrize("limit", ["disk_mib", "open_files", "reply_bytes", "processes"])
def test_every_limit_can_be_set(folder: Path, limit: str) -> None:
    """A task sets any limit of the box for itself; the others keep their defaults."""
    file = folder / "task.toml"
    text = file.read_text(encoding="utf-8").replace("[limits]", f"[limits]\n{limit} = 7", 1)
    file.write_text(text, encoding="utf-8")
    limits = load_task(folder).limits
    assert getattr(limits, limit) == 7
    assert limits.memory_mib == 768
