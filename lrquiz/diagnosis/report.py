"""What diagnosing a program comes to: a verdict, findings with their places and fixes, the run."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lrquiz.diagnosis.finding import ERROR, Finding
from lrquiz.diagnosis.place import Place
from lrquiz.diagnosis.program import Program
from lrquiz.diagnosis.running import Recorded


class Verdict(StrEnum):
    """What a diagnosis comes to; each has its exit code."""

    OK = "ok"
    """no mistake was found; advice may have been"""
    MISTAKES = "mistakes"
    DID_NOT_RUN = "did_not_run"
    """it failed, and nothing that was recorded before tells of a mistake in training"""

    @property
    def exit_code(self) -> int:
        """What the command ends with."""
        return {"ok": 0, "mistakes": 1, "did_not_run": 2}[self]


@dataclass(frozen=True, slots=True)
class Fix:
    """A change to the program that was run, and that helps."""

    source: str
    """the whole program with the change"""
    diff: str
    """the change as a unified diff"""
    start: float
    """the loss that the changed program begins with"""
    before: float
    """where the loss ended without the change; NaN where it was no finite number"""
    after: float
    """where it ends with the change"""
    says: str


@dataclass(frozen=True, slots=True)
class Told:
    """A finding, where it is, and the change that was proven to help, if one was."""

    finding: Finding
    place: Place | None
    fix: Fix | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The whole diagnosis of one program."""

    program: Program
    recorded: Recorded
    told: tuple[Told, ...]
    explanation: str = ""
    """what an exception that ended the program means; empty where that is not known"""
    notes: tuple[str, ...] = ()
    """what the reader should know of the run"""

    @property
    def verdict(self) -> Verdict:
        """The verdict: advice alone is no mistake."""
        if any(each.finding.severity == ERROR for each in self.told):
            return Verdict.MISTAKES
        failed = self.recorded.ended in {"error", "lost"}
        return Verdict.DID_NOT_RUN if failed else Verdict.OK
