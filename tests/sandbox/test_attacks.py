"""Every attack of tests/attacks ends as its folder says, and the next run notices nothing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

# pytest puts this folder on the path; mypy does not know that.
from boxes import expected, programs, run_program  # type: ignore[import-not-found]

from lrquiz.sandbox import NOT_CONTAINED

if TYPE_CHECKING:
    from pathlib import Path

    from lrquiz.sandbox import Sandbox

ORDINARY = hasattr(os, "geteuid") and os.geteuid() != 0
ATTACKS = programs("attacks")
BY_HAND = (
    "as an ordinary user, the process limit counts what the user runs beside it",
    "kill -9 of a box's supervisor lets what the box had started live on",
)
"""what no program in a box can show by itself"""


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda path: path.name)
def test_attack_is_contained(either: Sandbox, attack: Path) -> None:
    """An attack has the ending that its folder names, leaves no process, and harms no later run."""
    run_program(either, attack, ordinary=ORDINARY)


@pytest.mark.parametrize("program", programs("lawful"), ids=lambda path: path.name)
def test_lawful_program_works(either: Sandbox, program: Path) -> None:
    """What honest training code does works, or ends with one sentence that says what to do."""
    run_program(either, program, ordinary=ORDINARY)


def test_what_is_not_contained_is_listed() -> None:
    """The list that `lrquiz doctor` prints is the one that attacks show, no more and no less."""
    shown = {expected(attack, "reduced").not_contained for attack in ATTACKS} - {""}
    assert shown | set(BY_HAND) == set(NOT_CONTAINED)
    assert not any(expected(attack, "full").not_contained for attack in ATTACKS)


def test_there_are_attacks() -> None:
    """The folders are found: empty ones would let everything pass."""
    assert len(ATTACKS) >= 90
    assert len(programs("lawful")) >= 20
