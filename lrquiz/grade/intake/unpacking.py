"""Open the archives that lie in a student's place, as far as they go deep."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from lrquiz.errors import SubmissionsError
from lrquiz.grade.intake.archives import TAR, ZIP, Budget, Unpacked, read_zip
from lrquiz.grade.intake.files import File, UnreadableError
from lrquiz.grade.intake.found import Listed
from lrquiz.grade.intake.limits import IntakeLimits
from lrquiz.grade.intake.names import stem_of
from lrquiz.grade.intake.tars import read_tar


@dataclass
class Opened:
    """The files of one place, archives opened."""

    files: list[File] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """archives that could not be opened, and why"""
    refused: list[Listed] = field(default_factory=list)
    """members with hostile names"""


def open_export(path: Path, stream: IO[bytes], limits: IntakeLimits) -> Unpacked:
    """Return what the archive of a whole class holds.

    Raises:
        SubmissionsError: it is no archive that is read here, or one made to do harm.
    """
    try:
        if is_zip(path.name):
            return read_zip(stream, Budget(limits.unpacked_bytes), limits.members, limits)
        if is_tar(path.name):
            budget = Budget(limits.tar_bytes)
            return read_tar(stream, budget, limits.members, lambda it: wanted(it, limits), limits)
    except UnreadableError as error:
        raise SubmissionsError(f"{path}: {error}") from error
    raise SubmissionsError(f"{path}: is no folder of submissions, nor a zip or tar archive of them")


def opened(files: Iterable[File], limits: IntakeLimits) -> Opened:
    """Return files with those of their archives in their stead, and what was refused.

    One budget holds for all of them, so that a bomb costs no more than an honest archive may.
    """
    found, budget = Opened(), Budget(limits.inner_unpacked_bytes)
    for each in files:
        _open(each, found, budget, limits, depth=0)
    return found


def _open(file: File, found: Opened, budget: Budget, limits: IntakeLimits, *, depth: int) -> None:
    if file.hidden or not is_archive(file.name):
        found.files.append(file)
        return
    if depth == limits.depth:
        found.faults.append(f"{file.name}: archives lie more than {depth} deep in each other")
        return
    try:
        content = io.BytesIO(file.read(limits.inner_archive_bytes))
        inner = _read(file.name, content, budget, limits)
    except UnreadableError as error:
        found.faults.append(f"{file.name}: {error}")
        return
    folder = (*file.path[:-1], stem_of(file.path[-1]))
    found.refused.extend(Listed(f"{file.name}: {it.place}", it.reason) for it in inner.refused)
    for each in inner.files:
        if len(found.files) > limits.inner_members:
            found.faults.append(f"{file.name}: holds more than {limits.inner_members} files")
            return
        moved = File((*folder, *each.path), each.size, each.content, each.fault)
        _open(moved, found, budget, limits, depth=depth + 1)


def _read(name: str, content: IO[bytes], budget: Budget, limits: IntakeLimits) -> Unpacked:
    if is_zip(name):
        return read_zip(content, budget, limits.inner_members, limits)
    return read_tar(content, budget, limits.inner_members, lambda it: wanted(it, limits), limits)


def wanted(name: str, limits: IntakeLimits) -> int:
    """Return how many bytes a file of this name may have; 0 where it is none of ours."""
    lower = name.lower()
    if lower.endswith(".py"):
        return limits.source_bytes
    if lower.endswith(".ipynb"):
        return limits.notebook_bytes
    if lower.endswith((".json", ".txt", ".yml")):
        return limits.response_bytes
    return limits.inner_archive_bytes if is_archive(name) else 0


def is_zip(name: str) -> bool:
    """Say whether a name is that of a zip archive."""
    return name.lower().endswith(ZIP)


def is_tar(name: str) -> bool:
    """Say whether a name is that of a tar archive, packed by gzip or not."""
    return name.lower().endswith(TAR)


def is_archive(name: str) -> bool:
    """Say whether a name is that of an archive that is read here."""
    return is_zip(name) or is_tar(name)
