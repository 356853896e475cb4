"""What pages are told of one student's work: what was graded, what counts, what may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lrquiz.model.decision import Adjustment, Level
from lrquiz.model.mark import Mark
from lrquiz.model.quiz import Quiz
from lrquiz.model.record import Record
from lrquiz.model.task import Task
from lrquiz.resources.texts import ENGLISH


@dataclass(frozen=True, slots=True)
class Told:
    """One student's graded work, as pages show it."""

    record: Record
    mark: Mark | None = None
    """what counts; None where only the record is known"""
    parts: Mapping[str, Adjustment] = field(default_factory=dict)
    """people's marks of this attempt that are in force, by part"""
    quiz: Quiz | None = None
    """of a record of responses; without it a page names items by their ids"""
    task: Task | None = None
    """of a record of code; without it no page shows the reference"""
    level: Level = Level.FEEDBACK
    """what the student's page holds; staff pages hold everything"""
    name: str = ""
    """shown for the student; the record's id when empty"""
    language: str = ENGLISH
    """of the student's page"""

    @property
    def shown(self) -> str:
        """What the student is called on pages."""
        return self.name or self.record.student

    @property
    def needs_attention(self) -> bool:
        """Whether a person has to look at it before it can count."""
        return (self.record if self.mark is None else self.mark).score is None

    @property
    def is_borrowed(self) -> bool:
        """Whether the record is of another member of the group, who has it too."""
        mark = self.mark
        if mark is None or not mark.shared_by:
            return False
        return mark.submission == self.record.submission
