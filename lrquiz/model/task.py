"""Code tasks, and what grading a submission to one yields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from lrquiz.model.run import Limits


@dataclass(frozen=True, slots=True)
class Case:
    """One hidden call of the student's function: fresh weights, fresh data, these arguments."""

    id: str
    arguments: Mapping[str, Any]
    """keyword arguments of plain numbers, beside the model and the batches"""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the rubric: a check and what it is worth."""

    check: str
    points: float
    case: str
    """id of the case whose results it looks at"""


@dataclass(frozen=True, slots=True)
class Task:
    """A code task as its folder describes it."""

    id: str
    folder: Path
    title: str
    statement: str
    """Markdown"""
    function: str
    """name of the function that the student writes"""
    layers: tuple[int, ...]
    """widths of the classifier, inputs first"""
    rows: int
    """hidden training rows; a quarter more are held out"""
    batch_size: int
    cases: tuple[Case, ...]
    rubric: tuple[Criterion, ...]
    tolerance: float
    """largest distance to the reference's weights, relative to how far those moved"""
    limits: Limits
    reference: str
    """source of a correct submission"""
    version: str
    """digest of everything in the task's folder"""
    weights: bytes = b""
    """safetensors that training begins with; empty where they are drawn for each student"""
    named_by: tuple[Criterion, ...] = ()
    """the rubric that names parts, where lines of it were voided since; empty: `rubric` does"""

    @property
    def points(self) -> float:
        """The points of a full score."""
        return sum(criterion.points for criterion in self.rubric)

    def part(self, line: Criterion) -> str:
        """Return what tells a line of the rubric from all others: `CHECK`, or `CHECK@CASE`."""
        lines = self.named_by or self.rubric
        several = sum(each.check == line.check for each in lines) > 1
        return f"{line.check}@{line.case}" if several else line.check


class Outcome(StrEnum):
    """What a check says. A dependant of a failed check is unchecked, never failed."""

    PASSED = "passed"
    FAILED = "failed"
    UNCHECKED = "unchecked"
    OPEN = "open"
    """waits for a person, as a response to an open prompt does"""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One check of one submission, or one item of one response file."""

    check: str
    """what tells it from all others of its task or quiz: see `Task.part`; of a quiz, the item"""
    says: str
    """what the check demands, in words for the student"""
    outcome: Outcome
    points: float
    worth: float
    evidence: str = ""
    """what was measured"""
    advice: str = ""
    """what to change"""


ERROR, ADVICE = "error", "advice"
"""how much a finding weighs: training is wrong, or could be better"""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One mistake found on the trace of a program; it explains, it carries no points."""

    code: str
    title: str
    line: int | None
    evidence: str
    """what was counted and measured, as a sentence"""
    why: str
    change: str
    severity: str = ERROR
    numbers: Mapping[str, float] = field(default_factory=dict)
    """the counts and measurements themselves"""
