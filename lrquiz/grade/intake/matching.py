"""Tell whose a place is by a roster: by id, else by email, else by name; never by a guess."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from lrquiz.grade.intake.found import MatchedBy
from lrquiz.grade.intake.gradescope import Submitter
from lrquiz.grade.intake.names import Label, System
from lrquiz.model.course import Roster, Student, folded


@dataclass(frozen=True, slots=True)
class Match:
    """Whose a place is, or why nobody can say."""

    student: str = ""
    by: MatchedBy = MatchedBy.PLACE
    reason: str = ""
    """why it is unmatched; empty when it is matched"""


class Register:
    """A roster, made to be searched."""

    def __init__(self, roster: Roster) -> None:
        self._ids: dict[str, set[str]] = {}
        self._emails: dict[str, set[str]] = {}
        self._names: dict[str, set[str]] = {}
        for student in roster.students:
            self._enter(student)

    def _enter(self, student: Student) -> None:
        self._ids.setdefault(folded(student.id), set()).add(student.id)
        for key in _email_keys(student.email):
            self._emails.setdefault(key, set()).add(student.id)
        for key in _name_keys(student.name):
            self._names.setdefault(key, set()).add(student.id)

    def match_label(self, label: Label) -> Match:
        """Say whose a place of this name is."""
        if label.system is System.MOODLE:  # its number is nobody's id
            return _decide(label.name, name=self._by_name(label.name))
        if label.system is System.CANVAS:
            return self._match_canvas(label)
        return _decide(
            label.name,
            id=self._by_id(label.name),
            email=self._by_email(label.name),
            name=self._by_name(label.name),
        )

    def match_submitter(self, submitter: Submitter) -> Match:
        """Say who a submitter on Gradescope is."""
        return _decide(
            submitter.sid or submitter.email or submitter.name,
            id=self._by_id(submitter.sid),
            email=self._by_email(submitter.email),
            name=self._by_name(submitter.name),
        )

    def _match_canvas(self, label: Label) -> Match:
        """Say whose a file of Canvas is.

        Canvas has numbers of its own, which may happen to be the id of somebody else: a number
        counts only where the name agrees with it.
        """
        number, name = self._by_id(label.number), self._by_name(label.name)
        if number and not name and label.name:
            reason = (
                f"{label.number} is on the roster, and {label.name} is not the name it has there"
            )
            return Match(reason=reason)
        return _decide(label.name or label.number, id=number, name=name)

    def _by_id(self, text: str) -> set[str]:
        return self._ids.get(folded(text), set())

    def _by_email(self, text: str) -> set[str]:
        keys = _email_keys(text)
        # A whole address has to be the whole address; a name may be its local part.
        return self._emails.get(keys[0], set()) if keys else set()

    def _by_name(self, text: str) -> set[str]:
        return self._names.get(_squeezed(text), set())


def _decide(text: str, **found: set[str]) -> Match:
    """Return the one student that all who were found agree on.

    Args:
        text: what was looked for, for the reason.
        found: students by id, email and name, in this order.
    """
    known = [(by, students) for by, students in found.items() if students]
    if not known:
        return Match(reason=f"nobody on the roster is {text or 'nameless'}")
    common = set.intersection(*(students for _, students in known))
    if len(common) == 1:
        return Match(common.pop(), MatchedBy(known[0][0]))
    everyone = ", ".join(sorted(set.union(*(students for _, students in known))))
    return Match(reason=f"{text} fits several on the roster: {everyone}")


def _email_keys(email: str) -> tuple[str, ...]:
    """Return an address and its local part, folded."""
    whole = folded(email)
    local = whole.partition("@")[0]
    return (whole, local) if local != whole else (whole,) if whole else ()


def _name_keys(name: str) -> set[str]:
    """Return the ways in which systems write a name: any order of its parts around, squeezed.

    `Ada Lovelace`, `Lovelace, Ada` and `lovelaceada` share one, with accents or without.
    """
    words = [word for word in re.split(r"[\s,]+", name) if _squeezed(word)]
    turned = ("".join(words[at:] + words[:at]) for at in range(len(words)))
    return set(_plainer(map(_squeezed, turned)))


def _plainer(names: Iterable[str]) -> Iterable[str]:
    for name in names:
        yield name
        base = unicodedata.normalize("NFKD", name)
        yield "".join(each for each in base if not unicodedata.combining(each))


def _squeezed(text: str) -> str:
    """Return letters and digits alone, folded."""
    return "".join(each for each in folded(text) if each.isalnum() or unicodedata.combining(each))
