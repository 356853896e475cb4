"""The record of one graded submission or response file: everything that a report needs."""

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
class ItemResponse:
    """What was responded to one item of a quiz."""

    item: str
    variant: str
    chosen: tuple[str, ...] = ()
    """ids of options, in the order of the item"""
    text: str = ""
    """what was written, where the item asks for a text or a number"""
    ran: bool | None = None
    """of a fill-in, whether in the box it trained as a right response does; None: it was not run"""

    @property
    def is_given(self) -> bool:
        """Whether there is any response at all."""
        return bool(self.chosen or self.text.strip())


@dataclass(frozen=True, slots=True)
class Record:
    """One graded submission to a task, or response file to a quiz.

    Of a quiz, `task` is its id, each item is a check of that id, and `source` is what was handed
    in.
    """

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
    paper: str = ""
    """id of the exam paper that was responded to"""
    responses: tuple[ItemResponse, ...] = ()
    """to every item of a quiz, in the order of its paper; empty for a task"""
    staff_notes: tuple[str, ...] = ()
    """what only staff may know of it, such as whose paper was responded to: on no student's page"""
    schema: str = "lrquiz/record"
    version: int = 1

    @property
    def needs_attention(self) -> bool:
        """Whether a person has to look at it before it can count."""
        return self.score is None
