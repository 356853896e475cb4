"""What students are called in all that staff see: by their ids, or by codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lrquiz.model.course import folded

if TYPE_CHECKING:
    from pathlib import Path

    from lrquiz.grade.gradebook import Gradebook
    from lrquiz.model.course import Roster
    from lrquiz.model.mark import Mark
    from lrquiz.model.record import Record


@dataclass(frozen=True, slots=True)
class Names:
    """What to call students."""

    codes: Mapping[str, str] | None = None
    """by folded id; None where staff see ids"""

    @property
    def are_hidden(self) -> bool:
        """Whether staff see codes."""
        return self.codes is not None

    def of(self, student: str) -> str:
        """Return what a student is called."""
        return student if self.codes is None else self.codes[folded(student)]

    def mark(self, mark: Mark) -> Mark:
        """Return a mark that names students in this way."""
        other = mark.shared_by and self.of(mark.shared_by)
        return replace(mark, student=self.of(mark.student), shared_by=other)

    def record(self, record: Record) -> Record:
        """Return a record that names students in this way.

        Staff notes may name somebody else, so they are left out where names are hidden.
        """
        notes = () if self.are_hidden else record.staff_notes
        return replace(record, student=self.of(record.student), staff_notes=notes)


def hidden_names(secret: Path, book: Gradebook, roster: Roster) -> Names:
    """Return codes for everybody: the same ones in every list of a course.

    Raises:
        SubmissionsError: the secret is none.
    """
    from lrquiz.grade.people.codes import codes_of
    from lrquiz.grade.people.knowing import everyone
    from lrquiz.resources.secret import load_secret

    found = codes_of(load_secret(secret), everyone(book, roster))
    return Names({folded(student): code for student, code in found.items()})
