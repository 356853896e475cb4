"""Correct programs with one mistake made on purpose: it is told first, on the line of the edit.

A sample, chosen by hash, with every operator in it. What the whole set gives stands in the issue.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from lrquiz.diagnosis import diagnose
from lrquiz.diagnosis.curves import end_of, step_losses
from lrquiz.diagnosis.finding import Finding
from lrquiz.diagnosis.replay import borne_out, is_candidate
from lrquiz.diagnosis.running import Recorded, Script, run_script
from lrquiz.model.trace import Trace
from lrquiz.sandbox.box import Box
from tests.diagnosis.mutants import OPERATORS, Mutant, mutants

CORRECT = Path(__file__).parents[1] / "programs" / "correct"
EACH = 1
SECONDS = 6.0
ABOUT = 0.1


@pytest.mark.parametrize("operator", sorted(OPERATORS))
def test_a_mistake_that_was_made_on_purpose_is_told_first(box: Box, operator: str) -> None:
    """Its code comes first, on a line that was changed or that needs the call that is gone."""
    told = 0
    for program, mutant in _sample(operator):
        run = _recorded(box, mutant.source)
        found = _found(box, mutant.source, run)
        first = found[0] if found else None
        right = first is not None and first.code in mutant.codes
        if not right and _is_no_mistake(box, program, operator, run):
            continue
        assert first is not None, f"{program.stem}: nothing is told"
        assert (first.code in mutant.codes, first.line in mutant.lines) == (True, True), (
            f"{program.stem}: {first.code} in line {first.line}, "
            f"not one of {mutant.codes} in one of {sorted(mutant.lines)}"
        )
        told += 1
        if told == EACH:
            break
    assert told


def _sample(operator: str) -> list[tuple[Path, Mutant]]:
    """Return the mutants of an operator in an order that only hashes decide."""

    def place(path: Path) -> str:
        return hashlib.sha256(f"{operator} {path.stem}".encode()).hexdigest()

    programs = sorted(CORRECT.glob("*.py"), key=place)
    made = ((path, each) for path in programs for each in mutants(path.read_text(), operator))
    return list(made)


def _recorded(box: Box, source: str, factor: float = 1.0) -> Recorded:
    return run_script(box, Script(source, "program.py", seconds=SECONDS), factor)


def _found(box: Box, source: str, run: Recorded) -> list[Finding]:
    """Return what is told, of suspicions about the rate what runs at other rates bear out."""

    def replay(factor: float) -> Trace | None:
        return _recorded(box, source, factor).trace

    assert run.trace is not None, run.error
    kept: list[Finding] = []
    for each in diagnose(run.trace, source, suspicions=True):
        if not is_candidate(each):
            kept.append(each)
        elif not kept and (shown := borne_out(each, run.trace, replay)) is not None:
            kept.append(shown)
    return kept


def _is_no_mistake(box: Box, program: Path, operator: str, run: Recorded) -> bool:
    """Say, by what was measured, whether an edit made a mistake that no trace can show.

    It made the program stop with an error of PyTorch's own; or print what it printed before; or
    end at a loss as low as before; or it negated a loss whose right direction nobody can know.
    """
    assert run.trace is not None
    if run.ended == "error":
        return True
    positive = [each.numbers.get("positive") for each in run.trace.of_kind("backward")]
    if operator == "negated_loss" and not any(positive):
        return True
    before = _recorded(box, program.read_text())
    assert before.trace is not None
    ends = [end_of(step_losses(each)) for each in (before.trace, run.trace)]
    as_well = ends[1] <= ends[0] + abs(ends[0]) * ABOUT
    return before.run.stdout == run.run.stdout or as_well
