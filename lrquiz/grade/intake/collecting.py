"""Collect what a class handed in, and say of everything what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from lrquiz.errors import SubmissionsError
from lrquiz.grade.intake.files import file_at, files_in, printable
from lrquiz.grade.intake.found import Intake, Listed, MatchedBy, ResponseFile, Submission
from lrquiz.grade.intake.gradescope import Submitter
from lrquiz.grade.intake.limits import IntakeLimits
from lrquiz.grade.intake.matching import Match, Register
from lrquiz.grade.intake.names import label_of, stem_of
from lrquiz.grade.intake.places import Place, places_of
from lrquiz.grade.intake.sources import HandedIn, handed_in
from lrquiz.grade.intake.unpacking import open_export
from lrquiz.grade.intake.written import Written
from lrquiz.model.course import Roster, folded

LIMITS = IntakeLimits()


def collect(
    path: Path,
    roster: Roster | None = None,
    limits: IntakeLimits = LIMITS,
    assigned: Mapping[str, str] | None = None,
) -> Intake:
    """Return what a class handed in.

    `path` is a folder of files, folders or archives, one for each student, or one archive of them;
    exports of Canvas, Moodle and Gradescope are recognised by the names they give. With a roster,
    students are found by id, else by the local part of their email, else by name; a place that fits
    nobody, or several, is listed and not graded. Without one, the place itself is the identity.

    Where two places that hold code come to one student, however they are spelled, both are listed
    and neither is graded: taking one would be a guess, and grading it would hide the other. Where
    only one of them holds code, it counts, and the others are listed. A place that a person said is
    a student's counts before all others.

    Args:
        path: of the folder or archive.
        roster: who may have handed in; None where there is none.
        limits: how much is read.
        assigned: by place, the student whose it is, as a person said.

    Raises:
        SubmissionsError: there is no such folder or archive, or it holds nothing at all.
    """
    register = Register(roster) if roster is not None else None
    with ExitStack() as stack:
        places, refused = _places(path, limits, stack)
        if not places:
            message = f"{path}: holds no submissions; expected files <student>.py"
            raise SubmissionsError(message)
        desk = _Desk(limits, ignored=list(refused))
        for place in places:
            desk.claim(place, _with_person(_matches(place, register), place, assigned or {}))
        return desk.sorted_out()


def read_submission(path: Path) -> Submission:
    """Return a file, notebook, folder or archive of one's own as a submission.

    Raises:
        SubmissionsError: it cannot be run: it is not there, or holds no Python file.
    """
    try:
        files = files_in(path, LIMITS) if path.is_dir() else [file_at(path)]
    except OSError as error:
        why = (error.strerror or "").lower()
        raise SubmissionsError(f"{path}: {path.name} cannot be read: {why}") from error
    found = handed_in(files, "you.py", LIMITS)
    if found.fault or not found.is_code:
        raise SubmissionsError(f"{path}: {found.fault or 'is a response file, not code'}")
    return _submission(
        "you", MatchedBy.PLACE, Place(path.name, label_of(path.name, folder=True)), found
    )


def _places(
    path: Path, limits: IntakeLimits, stack: ExitStack
) -> tuple[list[Place], tuple[Listed, ...]]:
    if path.is_dir():
        return places_of(files_in(path, limits), limits), ()
    try:
        stream = stack.enter_context(path.open("rb"))
    except OSError as error:
        message = f"{path}: there is no such folder of submissions, nor an archive that can be read"
        raise SubmissionsError(message) from error
    inside = open_export(path, stream, limits)
    return places_of(inside.files, limits, export=stem_of(path.name)), inside.refused


def _matches(place: Place, register: Register | None) -> list[Match]:
    """Return whose a place is, one match for each who handed it in together."""
    if register is None:
        return [Match(each) for each in _own_names(place.submitters)] or [
            Match(place.label.identity)
        ]
    if place.submitters:
        return [register.match_submitter(each) for each in place.submitters]
    return [register.match_label(place.label)]


def _with_person(matches: list[Match], place: Place, assigned: Mapping[str, str]) -> list[Match]:
    """Return whose a place is once a person said of whom: others who share it keep it."""
    student = assigned.get(place.name) or assigned.get(place.came_as)
    if student is None:
        return matches
    shared = matches if len(matches) > 1 else []
    others = [it for it in shared if not it.reason and folded(it.student) != folded(student)]
    return [*others, Match(student, MatchedBy.PERSON)]


def _own_names(submitters: Iterable[Submitter]) -> list[str]:
    """Return what Gradescope knows submitters by, where it can stand for a place."""
    names = [each.sid or each.email.partition("@")[0] for each in submitters]
    fine = all(re.fullmatch(r"[A-Za-z0-9][\w.+-]{0,63}", name, re.ASCII) for name in names)
    return names if fine else []


@dataclass
class _Claim:
    """A place that came to a student."""

    place: Place
    match: Match
    found: HandedIn


@dataclass
class _Desk:
    """Where places are laid out until everyone's are there."""

    limits: IntakeLimits
    unmatched: list[Listed] = field(default_factory=list)
    ignored: list[Listed] = field(default_factory=list)
    claims: dict[str, list[_Claim]] = field(default_factory=dict)

    def claim(self, place: Place, matches: list[Match]) -> None:
        """Lay out a place for everyone it came to; nothing of an unmatched one is read."""
        reasons = [each.reason for each in matches if each.reason]
        self.unmatched.extend(Listed(place.name, reason) for reason in reasons)
        if len(reasons) == len(matches):
            return
        matched = [each for each in matches if not each.reason]
        found = handed_in(place.files, f"{matched[0].student}.py", self.limits)
        inside = [Listed(f"{place.name}: {it.place}", it.reason) for it in found.ignored]
        self.ignored.extend([*place.superseded, *inside])
        for match in matched:
            self.claims.setdefault(folded(match.student), []).append(_Claim(place, match, found))

    def sorted_out(self) -> Intake:
        """Return what everyone handed in, once all places are laid out."""
        groups = [self._said_by_a_person(each) for each in self.claims.values()]
        chosen = [each for group in groups for each in self._choose(group)]
        chosen.sort(key=lambda each: each.match.student)
        everything = [each for group in groups for each in group]
        return Intake(
            tuple(
                _submission(each.match.student, each.match.by, each.place, each.found)
                for each in chosen
            ),
            tuple(one for each in everything for one in _files(each, each.found.responses)),
            tuple(one for each in everything for one in _files(each, each.found.unlike)),
            tuple(self.unmatched),
            tuple(self.ignored),
            tuple(sorted({it.match.student for it in everything if it.place.label.late})),
        )

    def _said_by_a_person(self, group: list[_Claim]) -> list[_Claim]:
        """Return the places that a person said are a student's, where there are any; else all."""
        said = [each for each in group if each.match.by is MatchedBy.PERSON]
        for each in group:
            if said and each not in said:
                reason = f"a person said that {said[0].place.name} is {each.match.student}'s"
                self.ignored.append(Listed(each.place.name, reason))
        return said or group

    def _choose(self, group: list[_Claim]) -> list[_Claim]:
        """Return the one place that counts for a student; none where that is not certain."""
        code = [each for each in group if each.found.is_code]
        if len(code) > 1:
            names = sorted(each.place.name for each in code)
            for each in code:
                others = ", ".join(name for name in names if name != each.place.name) or "another"
                reason = f"so is {others}: both are {each.match.student}'s; keep one of them"
                self.unmatched.append(Listed(each.place.name, reason))
            return []
        counts = code or [each for each in group if each.found.fault][:1]
        for each in group:
            if each not in counts and each.found.fault:
                self.ignored.append(Listed(each.place.name, each.found.fault))
        return counts


def _files(claim: _Claim, files: Iterable[Written]) -> list[ResponseFile]:
    match, place = claim.match, claim.place
    return [
        ResponseFile(
            match.student,
            place.came_as,
            match.by,
            each.content,
            name=printable("/".join(each.path)),
            fault=each.fault,
            order=place.order_of(each.path),
            handed_in=place.handed_in,
        )
        for each in files
    ]


def _submission(student: str, by: MatchedBy, place: Place, found: HandedIn) -> Submission:
    return Submission(
        student,
        found.source,
        found.digest,
        found.fault,
        modules=found.modules,
        notes=tuple(found.notes),
        place=place.came_as,
        by=by,
        handed_in=place.handed_in,
    )
