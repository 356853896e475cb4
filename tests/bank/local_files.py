"""Files of a bank's own code for tests: a copy of `tests/local_bank`, and parts to change in it."""

from __future__ import annotations

import shutil
from pathlib import Path

LOCAL_BANK = Path(__file__).resolve().parents[1] / "local_bank"
ITEM = "steps-across"

RECIPE = '''"""A sum."""

from dataclasses import dataclass

from lrquiz.recorder.builder import TraceBuilder

RECORDS = {"epoch.loss"}


@dataclass(frozen=True)
class Arm:
    lr: float = 0.1
    """learning rate"""


def run(arm, seed, epochs):
    trace = TraceBuilder(epochs)
    for epoch in range(epochs):
        trace.epoch(loss=1 + seed - arm.lr * epoch)
    return trace.build()
'''


def copied_bank(folder: Path) -> Path:
    shutil.copytree(LOCAL_BANK, folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def item_in(bank: Path) -> Path:
    return bank / "items" / "quadratic" / f"{ITEM}.toml"


def recipe_in(bank: Path) -> Path:
    return bank / "items" / "quadratic" / "quadratic.py"


def predicates_in(bank: Path) -> Path:
    return bank / "items" / "quadratic" / "sides.py"


def changed(text: str, old: str, new: str) -> str:
    assert old in text, f"nothing to change: {old}"
    return text.replace(old, new)


def change(path: Path, old: str, new: str) -> None:
    path.write_text(changed(path.read_text(), old, new))
