"""The record of one graded submission: everything a report needs, one line of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lrquiz.model.run import Ending
from lrquiz.model.task import CheckResult, Diagnosis

Line = tuple[float | None, ...]
"""values to draw; None where one was not a finite number"""


@dataclass(frozen=True, slots=True)
class CaseCurves:
    """The training loss per epoch in one case, recorded beside the code; carries no points."""

    case: str
    student: Line
    reference: Line


@dataclass(frozen=True, slots=True)
class Record:
    """One graded submission."""

    student: str
    """from the place of the file, never from its contents"""
    submission: str
    """digest of the submitted bytes"""
    source: str
    task: str
    task_version: str
    ending: Ending
    detail: str
    score: float | None
    """None after an internal error of ours, which costs no points and needs a person"""
    points: float
    checks: tuple[CheckResult, ...] = ()
    diagnoses: tuple[Diagnosis, ...] = ()
    curves: tuple[CaseCurves, ...] = ()
    stdout: str = ""
    stderr: str = ""
    seconds: float = 0.0
    memory_mib: float = 0.0
    tier: str = ""
    """the containment it ran under; empty when it was not run"""
    secret: str = ""
    """fingerprint of the secret that drew the hidden data"""
    versions: Mapping[str, str] = field(default_factory=dict)
    modules: Mapping[str, str] = field(default_factory=dict)
    """sources by path of the student's modules that the source may import"""
    notes: tuple[str, ...] = ()
    """how what was handed in was read, for its student: what was left out of a notebook, say"""
    schema: str = "lrquiz/record"
    version: int = 1

    @property
    def needs_attention(self) -> bool:
        """Whether a person has to look at it before it can count."""
        return self.score is None
