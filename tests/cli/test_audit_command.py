"""`lrquiz bank audit` as a process."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.verify.banks import ITEM, change, item_file, small_bank


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory, lrquiz: Command) -> Path:
    """A small bank with a lock, locked once for all tests."""
    folder = small_bank(tmp_path_factory.mktemp("locked") / "bank")
    assert lrquiz("bank", "lock", "--bank", folder).code == 0
    return folder


@pytest.fixture
def bank(tmp_path: Path, locked: Path) -> Path:
    """A copy of the locked bank, to be changed."""
    return shutil.copytree(locked, tmp_path / "bank")


def test_a_sound_bank_is_told_with_its_survivors(bank: Path, lrquiz: Command) -> None:
    """A table, every survivor with its reason, what gives keys away, and exit code 0."""
    done = lrquiz("bank", "audit", "--bank", bank)
    assert (done.code, done.stdout) == (0, "")
    assert f"{ITEM} arms.step.lr=0.1, key half" in done.stderr
    assert "clock shifted" in done.stderr
    assert "survived, argued (same evidence): call dropped, all arms: backward" in done.stderr
    assert "kill rate 100.0 %" in done.stderr
    assert "places of the keys in the files: first 1, second 0" in done.stderr
    assert "absolute words in distractors: none" in done.stderr


def test_programs_get_every_mutant(bank: Path, lrquiz: Command) -> None:
    """JSON tells each mutant's fate, what noticed it and why; a second run trains nothing."""
    first, again = (lrquiz("bank", "audit", ITEM, "--bank", bank, "--json") for _ in range(2))
    assert first.code == again.code == 0
    document = again.json()
    assert document["schema"] == "lrquiz/audit"
    assert document["trials"]["trained"] == 0
    mutants = document["items"][0]["mutants"]
    assert mutants == first.json()["items"][0]["mutants"]
    assert document["mutants"]["made"] == len(mutants)
    assert all(each["reason"] for each in mutants)
    assert all(each["by"] for each in mutants if each["fate"] == "killed")


def test_a_weak_item_exits_with_1(bank: Path, lrquiz: Command) -> None:
    """A survivor that nothing argues for is the answer no, with the reason."""
    change(item_file(bank), "start of epoch 4", "start of epoch 1")
    change(item_file(bank), "epoch = 4", "epoch = 1")
    # Stepped by batches, for which no formula of epochs holds evidence to the arm.
    change(item_file(bank), "gamma = 0.5 }", 'gamma = 0.5, stepped = "batch", batches = 1 }')
    done = lrquiz("bank", "audit", "--bank", bank)
    assert done.code == 1
    assert "survived: schedule changed, step: step_size = 4 in place of 5: its texts" in done.stderr


def test_a_rejected_item_exits_with_1(bank: Path, lrquiz: Command) -> None:
    """An item that does not hold is named with its rejection; there is nothing to audit."""
    change(item_file(bank), "gamma = 0.5 }", "gamma = 0.25 }")
    done = lrquiz("bank", "audit", "--bank", bank)
    assert done.code == 1
    assert "not audited, it is rejected: no key" in done.stderr


def test_wrong_names_are_wrong_input(bank: Path, lrquiz: Command) -> None:
    """An item that is not there is told as by verify, with exit code 2."""
    done = lrquiz("bank", "audit", "scheduler-halfing", "--bank", bank)
    assert done.code == 2
    assert "did you mean scheduler-halving?" in done.stderr


def test_help_says_what_is_mutated(lrquiz: Command) -> None:
    """Help tells that only first variants are mutated, and when nothing argues for a survivor."""
    text = " ".join(lrquiz("bank", "audit", "--help").stdout.split())
    assert "from each item's first variant alone" in text
    assert "survived that nothing argues for" in text
