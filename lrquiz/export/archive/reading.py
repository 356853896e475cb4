"""Read an archive: nothing of it is trusted before its digest is what the manifest says."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from lrquiz.errors import ArchiveError
from lrquiz.export.archive.contents import MANIFEST, MANIFEST_JSON, Manifest

_MOST_FILES = 1_000_000
_MOST_BYTES = 8 << 30
"""of all files unpacked: a course of thousands keeps far below"""


def read_archive(path: Path) -> tuple[Manifest, Mapping[str, bytes]]:
    """Return what an archive says of itself, and its files by name.

    Raises:
        ArchiveError: it is no archive of this version, or a file is missing, added or changed.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _require_bounded(archive, path)
            files = {each.filename: archive.read(each) for each in archive.infolist()}
    except (OSError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError) as error:
        why = (getattr(error, "strerror", None) or str(error)).lower()
        raise ArchiveError(f"{path}: no archive that can be read: {why}") from error
    manifest = _manifest(path, files.pop(MANIFEST, b""))
    if faults := _differences(manifest, files):
        raise ArchiveError("\n".join(f"{path}: {each}" for each in faults))
    return manifest, files


def _require_bounded(archive: zipfile.ZipFile, path: Path) -> None:
    entries = archive.infolist()
    size = sum(each.file_size for each in entries)
    if len(entries) > _MOST_FILES or size > _MOST_BYTES:
        raise ArchiveError(f"{path}: holds more than an archive of a course does")
    if len({each.filename for each in entries}) < len(entries):
        raise ArchiveError(f"{path}: holds two files of one name")


def _manifest(path: Path, content: bytes) -> Manifest:
    try:
        manifest = MANIFEST_JSON.validate_json(content)
    except ValidationError as error:
        raise ArchiveError(f"{path}: holds no {MANIFEST} of an archive") from error
    if (manifest.schema, manifest.version) != ("lrquiz/archive", 1):
        message = f"{path}: {manifest.schema} version {manifest.version} is not lrquiz/archive 1"
        raise ArchiveError(message)
    return manifest


def _differences(manifest: Manifest, files: Mapping[str, bytes]) -> list[str]:
    known = manifest.files
    missing = [f"{name} is missing" for name in sorted(known.keys() - files.keys())]
    added = [f"{name[:80]!a} does not belong to it" for name in sorted(files.keys() - known.keys())]
    changed = [
        f"{name} was changed since it was archived"
        for name in sorted(known.keys() & files.keys())
        if hashlib.sha256(files[name]).hexdigest() != known[name]
    ]
    return [*missing, *added, *changed]
