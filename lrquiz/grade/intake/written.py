"""Tell files of responses to a quiz from others, and choose the one of each student."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from lrquiz.grade.intake.copied import is_copied
from lrquiz.grade.intake.files import File, UnreadableError
from lrquiz.grade.intake.found import Intake, Listed, ResponseFile
from lrquiz.model.course import folded


@dataclass(frozen=True, slots=True)
class Written:
    """A JSON file, or a text that was copied from an exam page."""

    path: tuple[str, ...]
    """in its place"""
    content: bytes
    fault: str = ""
    """why it cannot be read; empty when it can"""


def written_in(file: File, limit: int) -> Written:
    """Return such a file of at most `limit` bytes, or why it cannot be read."""
    try:
        return Written(file.path, file.read(limit))
    except UnreadableError as error:
        return Written(file.path, b"", str(error))


def looks_like_responses(written: Written) -> bool:
    """Say whether it has the parts of a response file, or begins as a copied text does."""
    if is_copied(written.content):
        return True
    try:
        values = json.loads(written.content)
    except (ValueError, RecursionError):
        return False
    return isinstance(values, dict) and {"quiz", "paper", "responses"} <= values.keys()


def is_text_of_responses(file: File, limit: int) -> bool:
    """Say whether a text file is one of responses, by its name or by how it begins.

    A file that is called what exam pages say counts however torn it is; any other text is none.
    """
    if file.suffix != ".txt":
        return False
    return "responses-" in file.name.lower() or is_copied(written_in(file, limit).content)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The response files of a class, one for each student, in order of students."""

    files: tuple[ResponseFile, ...]
    unsettled: tuple[Listed, ...]
    """files of students who have several; none of them is graded"""
    superseded: tuple[Listed, ...]
    """files that count no more, and JSON files that are none beside one that is"""


def chosen_responses(intake: Intake) -> Chosen:
    """Return the response file that counts for each student.

    Of several, the platform's numbers say which was handed in last; where there are none, taking
    one would be a guess. A JSON file that looks like something else counts where there is no other:
    a torn file must not pass for none.
    """
    files, unsettled, superseded = [], [], []
    whole, torn = _by_student(intake.responses), _by_student(intake.unlike)
    for student in sorted({*whole, *torn}):
        group = whole.get(student) or torn[student]
        newest = _newest(group)
        if newest is None:
            unsettled += [Listed(each.place, _several(each, group)) for each in group]
        else:
            files.append(newest)
            reason = f"handed in again as {newest.name}"
            superseded += [Listed(_place(it), reason) for it in group if it is not newest]
        beside = torn.get(student, []) if group is not torn.get(student) else []
        superseded += [Listed(_place(each), "is no file of responses") for each in beside]
    files.sort(key=lambda each: each.student)
    return Chosen(tuple(files), tuple(unsettled), tuple(superseded))


def _by_student(files: Sequence[ResponseFile]) -> dict[str, list[ResponseFile]]:
    found: dict[str, list[ResponseFile]] = {}
    for each in files:
        found.setdefault(folded(each.student), []).append(each)
    return found


def _newest(group: Sequence[ResponseFile]) -> ResponseFile | None:
    """Return the file that was handed in last; None where nobody can say."""
    ranked = sorted(group, key=lambda each: each.order)
    is_told = len({each.place for each in group}) == 1 and all(each.order for each in group)
    if len(ranked) == 1 or (is_told and ranked[-1].order > ranked[-2].order):
        return ranked[-1]
    return ranked[0] if len({each.content for each in group}) == 1 else None


def _several(file: ResponseFile, group: Sequence[ResponseFile]) -> str:
    others = ", ".join(sorted(_place(each) for each in group if each is not file))
    return f"so is {others}: both are {file.student}'s responses; keep one of them"


def _place(file: ResponseFile) -> str:
    return f"{file.place}: {file.name}" if file.name else file.place
