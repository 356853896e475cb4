"""Find the places of a class: the entries of a folder or export, one for each who handed in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from lrquiz.grade.intake.files import File, UnreadableError, printable
from lrquiz.grade.intake.found import Listed
from lrquiz.grade.intake.gradescope import Submitter, submitters_of, times_of
from lrquiz.grade.intake.limits import IntakeLimits
from lrquiz.grade.intake.names import METADATA, Label, System, copy_of, label_of
from lrquiz.grade.intake.sources import PREFERRED
from lrquiz.grade.intake.unpacking import is_archive

_GRADESCOPE_EXPORT = re.compile(r"assignment_\d+_export")


@dataclass
class Place:
    """Where one student's work lies."""

    name: str
    """as it stands in the folder or export"""
    label: Label
    files: list[File] = field(default_factory=list)
    uploads: list[int] = field(default_factory=list)
    """the system's number of each file; later ones are larger"""
    submitters: tuple[Submitter, ...] = ()
    """who handed it in, where the system says so beside it"""
    superseded: list[Listed] = field(default_factory=list)
    """files handed in again since"""
    handed_in: datetime | None = None
    """where the system says so beside it"""
    newest: tuple[int, str] = (0, "")
    """number and whole name of the newest upload, where each file has a number of its own"""

    @property
    def came_as(self) -> str:
        """The name under which feedback can go back: on Canvas, that of the newest upload."""
        return self.newest[1] or self.name

    def order_of(self, path: tuple[str, ...]) -> int:
        """Return the system's number of the file at `path`; 0 where it has none."""
        pairs = zip(self.uploads, self.files, strict=True)
        return next((upload for upload, each in pairs if each.path == path), 0)


def places_of(files: Sequence[File], limits: IntakeLimits, *, export: str = "") -> list[Place]:
    """Return the places among the files of a folder, in order of names.

    Args:
        files: all there are, with their whole paths.
        limits: how much is read.
        export: the name of the archive that holds them, without its ending; empty for a folder.
    """
    shown = [each for each in files if not each.path[0].startswith((".", "__"))]
    while _is_wrapped(shown, export):
        shown = [replace(each, path=each.path[1:]) for each in shown if len(each.path) > 1]
        shown = [each for each in shown if not each.path[0].startswith((".", "__"))]
    metadata = _metadata(shown, limits)
    submitters, times = submitters_of(metadata), times_of(metadata)
    places: dict[tuple[str, ...], Place] = {}
    for each in shown:
        if each.path != (METADATA,) or not submitters:
            _enter(each, places)
    for place in places.values():
        place.submitters = submitters.get(place.name, ())
        place.handed_in = times.get(place.name)
        if place.label.system is System.CANVAS:
            _keep_newest(place)
    return [places[key] for key in sorted(places)]


def _is_wrapped(files: Sequence[File], export: str) -> bool:
    """Say whether all lies in one folder that stands for the class, not for a student.

    In a folder of submissions a lone folder is a student's, whatever is in it, unless Gradescope
    named it. Archives mostly hold one folder of everything.
    """
    tops = {each.path[0] for each in files}
    if len(tops) != 1 or any(len(each.path) == 1 for each in files):
        return False
    (top,) = tops
    if _GRADESCOPE_EXPORT.fullmatch(top):
        return True
    below = {each.path[1]: len(each.path) > 2 for each in files if not each.path[1].startswith(".")}
    if not export or not below or label_of(top, folder=True).system is not System.NONE:
        return False
    if METADATA not in below and any(name.rpartition(".")[0] in PREFERRED for name in below):
        return False
    holders = any(is_folder or is_archive(name) for name, is_folder in below.items())
    return holders or len(below) > 1 or top == export


def _metadata(files: Iterable[File], limits: IntakeLimits) -> str:
    """Return the list that Gradescope adds to an export; nothing where there is none."""
    for each in files:
        if each.path == (METADATA,):
            try:
                content = each.read(limits.response_bytes * 20)
            except UnreadableError:
                return ""
            return content.decode("utf-8-sig", errors="replace")
    return ""


def _enter(file: File, places: dict[tuple[str, ...], Place]) -> None:
    """Put a file into its place, under the path that it has there."""
    entry, *below = file.path
    label = label_of(entry, folder=bool(below))
    by_system = label.system is not System.NONE
    key = (label.system, label.name, label.number) if by_system else ("", entry)
    name = printable(label.identity if label.system is System.CANVAS else entry)
    place = places.setdefault(key, Place(name, label))
    own = (label.file,) if label.file and not below else (entry,)
    place.uploads.append(label.upload)
    place.files.append(replace(file, path=tuple(below) or own))
    if label.upload:
        place.newest = max(place.newest, (label.upload, printable(entry)))


def _keep_newest(place: Place) -> None:
    """Keep the newest of each file; Canvas adds `-1`, `-2` to what was handed in again."""
    copies: dict[str, list[tuple[int, int, File]]] = {}
    for upload, each in zip(place.uploads, place.files, strict=True):
        name, count = copy_of(each.path[-1])
        copies.setdefault(name, []).append((count, upload, each))
    place.files, place.uploads = [], []
    for name, versions in copies.items():
        *older, (_, upload, newest) = sorted(versions, key=lambda each: each[:2])
        place.files.append(replace(newest, path=(name,)))
        place.uploads.append(upload)
        reason = f"handed in again as {newest.name}"
        place.superseded += [Listed(f"{place.name}: {old.name}", reason) for _, _, old in older]
