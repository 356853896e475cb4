"""The laboratory: trains what the store does not hold, once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from lrquiz.errors import RecipeError
from lrquiz.evidence.store import EvidenceStore
from lrquiz.experiments.agreement import disagreement
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.experiments.recipe import run_nudged
from lrquiz.experiments.recipes import mlp_classifier
from lrquiz.model.item import Experiment

EXPERIMENT = Experiment("mlp_classifier", 1, {"low": {"lr": 0.01}, "high": {"lr": 1}})


class Counted:
    """A laboratory that counts what it trains."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.trained = self.kept = 0
        self.laboratory = Laboratory(EvidenceStore(folder), workers=1, progress=self._count)

    @property
    def entries(self) -> list[Path]:
        return list(self.folder.rglob("*.blob"))

    def begin_anew(self) -> None:
        """Forget what was kept and counted; the worker, which holds nothing, stays warm."""
        self.trained = self.kept = 0
        for entry in self.entries:
            entry.unlink()

    def _count(self, trained: int, kept: int) -> None:
        self.trained += trained
        self.kept += kept


@pytest.fixture(scope="module")
def warm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counted]:
    made = Counted(tmp_path_factory.mktemp("store"))
    with made.laboratory:
        yield made


@pytest.fixture
def counted(warm: Counted) -> Counted:
    """A laboratory with an empty store."""
    warm.begin_anew()
    return warm


def test_every_arm_gets_every_seed_in_order(counted: Counted) -> None:
    """A trial trained in a worker is the trial trained here, at its place in the order."""
    trials = counted.laboratory.trials(EXPERIMENT, range(10))
    assert [len(traces) for traces in trials.values()] == [10, 10]
    reference = partial(run_nudged, mlp_classifier, mlp_classifier.Arm(lr=1.0), 9, 1)
    assert not disagreement(reference, trials["high"][9])


def test_numbers_depend_on_no_other_arm(tmp_path: Path) -> None:
    """An arm's traces are the same bits trained alone, beside others, or by more workers."""
    alone = Experiment("mlp_classifier", 1, {"high": {"lr": 1.0}})
    with Laboratory(EvidenceStore(tmp_path / "a"), workers=1) as one:
        first = one.trials(alone, range(20))
    with Laboratory(EvidenceStore(tmp_path / "b"), workers=2) as two:
        second = two.trials(EXPERIMENT, range(20))
    assert first["high"] == second["high"]


def test_nothing_is_trained_twice(counted: Counted) -> None:
    """A second request, under another arm name and with 1 for 1.0, comes from the store."""
    first = counted.laboratory.trials(EXPERIMENT, range(4))
    renamed = Experiment("mlp_classifier", 1, {"other": {"lr": 1.0}})
    again = counted.laboratory.trials(renamed, range(4))
    assert again["other"] == first["high"]
    assert (counted.trained, counted.kept) == (8, 4)


def test_no_seeds_are_no_evidence(counted: Counted) -> None:
    """An experiment without a seed is refused rather than answered with nothing."""
    with pytest.raises(RecipeError, match="mlp_classifier: no seeds were asked for"):
        counted.laboratory.trials(EXPERIMENT, range(0))


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b torn", b'{"schema": "other"}'])
def test_a_damaged_entry_is_trained_again(counted: Counted, damage: bytes) -> None:
    """A torn or foreign file in the store counts as missing and is replaced."""
    first = counted.laboratory.trials(EXPERIMENT, range(2))
    for entry in counted.entries:
        entry.write_bytes(damage)
    assert counted.laboratory.trials(EXPERIMENT, range(2)) == first
    assert counted.trained == 8


def test_a_failing_recipe_is_told_and_not_kept(counted: Counted) -> None:
    """What torch refuses comes back as an error with the settings, and poisons no store."""
    impossible = Experiment("mlp_classifier", 1, {"bad": {"batch_size": 32, "lr": -1.0}})
    with pytest.raises(
        RecipeError, match=r"mlp_classifier failed: ValueError: Invalid learning rate: -1.0"
    ):
        counted.laboratory.trials(impossible, range(2))
    assert not counted.entries


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"lr": "fast"}, "mlp_classifier: a setting is no number: could not convert .* 'fast'"),
        ({"lr": float("nan")}, "mlp_classifier: a setting is no number: Out of range"),
        ({"optimizer": "Adam", "momentum": 0.9}, "mlp_classifier failed: TypeError: .*momentum"),
        ({"schedule": "LinearLR", "start_factor": 2.0}, "mlp_classifier failed: ValueError: Start"),
    ],
)
def test_settings_that_lint_did_not_see_are_told(
    counted: Counted, settings: dict[str, object], said: str
) -> None:
    """A setting that is no number, or that torch refuses, is told and leaves no evidence."""
    with pytest.raises(RecipeError, match=said):
        counted.laboratory.trials(Experiment("mlp_classifier", 1, {"bad": settings}), range(2))
    assert not counted.entries


def test_asking_for_kept_evidence_imports_no_torch(counted: Counted) -> None:
    """A process that finds all it needs in the store never pays for torch."""
    counted.laboratory.trials(EXPERIMENT, range(2))
    code = f"""
import sys
from pathlib import Path
from lrquiz.evidence.store import EvidenceStore
from lrquiz.experiments.agreement import disagreement
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.model.item import Experiment
with Laboratory(EvidenceStore(Path({str(counted.folder)!r}))) as laboratory:
    laboratory.trials({EXPERIMENT!r}, range(2))
sys.exit("torch" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
