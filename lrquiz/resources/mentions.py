"""Find files that hold certain words, whatever kind of file they are."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

Pattern = re.Pattern[bytes]

_BLOCK = 1 << 20
_MOST = 1 << 28
"""bytes that are looked at of one file in a zip; what is larger may hold anything"""


def files_that_mention(folder: Path, words: Iterable[str]) -> Iterator[Path]:
    """Yield the files below a folder in whose name or content one of `words` stands as a word.

    Names and files inside of zips are looked at too; no link is followed. What cannot be read to
    its end is yielded as well, since nobody knows what it holds.

    Args:
        folder: is searched with everything below it.
        words: empty ones are passed over; case counts.
    """
    wanted = [re.escape(each.encode()) for each in words if each]
    if not wanted:
        return
    pattern = re.compile(rb"(?<![0-9A-Za-z])(?:" + b"|".join(wanted) + rb")(?![0-9A-Za-z])")
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        try:
            held = _holds(path, pattern)
        except (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error):
            held = True
        if held:
            yield path


def _holds(path: Path, pattern: Pattern) -> bool:
    if pattern.search(path.name.encode(errors="surrogateescape")):
        return True
    with path.open("rb") as stream:
        if _in_stream(stream, pattern):
            return True
    return zipfile.is_zipfile(path) and _in_zip(path, pattern)


def _in_zip(path: Path, pattern: Pattern) -> bool:
    with zipfile.ZipFile(path) as archive:
        for each in archive.infolist():
            with archive.open(each) as stream:
                if each.file_size > _MOST or _in_stream(stream, pattern):
                    return True
    return False


def _in_stream(stream: IO[bytes], pattern: Pattern) -> bool:
    """Say whether the pattern is found, the seams between blocks included."""
    tail = b""
    while block := stream.read(_BLOCK):
        held = tail + block
        if pattern.search(held):
            return True
        tail = held[-len(pattern.pattern) :]
    return False
