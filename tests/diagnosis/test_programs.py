"""Whole programs: each mistake is named and placed, and no correct program is told an error.

`tests/programs/mistakes/expected.toml` says which code and which lines are right for a program, and
`tests/programs/correct/notes.toml` which mistakes a correct one looks like.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from lrquiz.diagnosis import diagnose
from lrquiz.diagnosis.finding import ERROR, Finding
from lrquiz.diagnosis.running import Recorded, Script, run_script
from lrquiz.sandbox.box import Box
from tests.diagnosis.renaming import plain, renamed

PROGRAMS = Path(__file__).parents[1] / "programs"
EXPECTED = tomllib.loads((PROGRAMS / "mistakes" / "expected.toml").read_text())
NOTES = tomllib.loads((PROGRAMS / "correct" / "notes.toml").read_text())
NO_CODE = frozenset({"crash", "never_trains", "endless"})
"""what is told beside the findings"""
MAY_BE_ADVICE = ("A1", "A2", "D", "G10", "G11", "G12", "G14", "H", "L", "M", "O4", "O7", "S")
"""codes whose harm depends on the program"""
BY_TRACE = sorted(
    name
    for name, want in EXPECTED.items()
    if want["code"] not in NO_CODE and not want.get("replay")
)
SECONDS = 6.0


def recorded(box: Box, source: str) -> Recorded:
    return run_script(box, Script(source, "program.py", seconds=SECONDS))


def found_in(box: Box, source: str) -> tuple[Finding, ...]:
    run = recorded(box, source)
    assert run.trace is not None, run.error
    return diagnose(run.trace, source)


def source_of(name: str) -> str:
    folder = "mistakes" if name in EXPECTED else "correct"
    return (PROGRAMS / folder / f"{name}.py").read_text()


@pytest.mark.parametrize("name", BY_TRACE)
def test_a_mistake_is_named_first_and_placed(box: Box, name: str) -> None:
    """The root cause comes first, on a line that a reader would look at.

    What follows from it is no error of its own.
    """
    found, want = found_in(box, source_of(name)), EXPECTED[name]
    assert [each.code for each in found[:1]] == [want["code"]]
    assert found[0].line in want["lines"]
    assert found[0].severity == ERROR or found[0].code.startswith(MAY_BE_ADVICE)
    assert len({each.code[0] for each in found if each.severity == ERROR}) <= 1


@pytest.mark.parametrize("name", sorted(NOTES))
def test_a_correct_program_is_told_no_error(box: Box, name: str) -> None:
    """However much it looks like a mistake; and watching it neither stops nor blinds anything."""
    run = recorded(box, source_of(name))
    assert run.trace is not None
    assert run.ended == "ok", run.error
    found = diagnose(run.trace, source_of(name))
    assert [each.code for each in found if each.severity == ERROR] == []
    assert [each.words for each in run.trace.of_kind("fault")] == []


@pytest.mark.parametrize("name", [k for k, v in EXPECTED.items() if v["code"] in NO_CODE])
def test_what_never_trained_is_told_no_mistake_of_training(box: Box, name: str) -> None:
    """A crash, a loop without end, and a program that never trains are told in other words."""
    assert [each for each in found_in(box, source_of(name)) if each.severity == ERROR] == []


SAMPLE = (
    *("g1_trainer_class", "g2_cnn_stripes", "g3_manual_none", "g4_inner_loop", "g5_toy_gan"),
    *("g8_old_gradients", "g10_inner_micro", "o2_sparse_embedding", "o3_folds", "o6_plain_list"),
    *("o8_key_typo", "o12_rebound_name", "a1_numpy_between", "a2_reconstruction_float"),
    *("a1_detach_in_a_method", "a2_term_wrapped_anew", "a3_losses_in_a_dict", "o12_in_a_function"),
    *("a3_running_total", "a6_freeze_typo", "s1_step_per_batch", "l1_softmax_layer"),
    *("gan_ring", "sam_plain", "unfreeze_flags", "dqn_chain", "byol"),
)


def told(found: tuple[Finding, ...]) -> list[tuple[Any, ...]]:
    return [(each.code, each.severity, each.line) for each in found]


@pytest.mark.parametrize("name", SAMPLE)
def test_names_and_comments_decide_nothing(box: Box, name: str) -> None:
    """The same verdict, on the same line, under other names and without comments."""
    source = source_of(name)
    one, other = plain(source), renamed(source)
    assert one != other
    assert told(found_in(box, one)) == told(found_in(box, other))
