"""Read zip archives that may be hostile: nothing is written, and little is read.

Theory of operation. The end record is read first, so that a directory too large for its archive is
refused before anything parses it. Then every member is judged by its entry: name, kind, encryption,
method, ratio, and whether two overlap. Members are unpacked one by one, only when somebody asks, in
small pieces that are counted; sizes and checksums that turn out to be lies refuse the member.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import IO

from lrquiz.grade.intake.files import NOTHING, File, UnreadableError, printable
from lrquiz.grade.intake.found import Listed
from lrquiz.grade.intake.limits import IntakeLimits
from lrquiz.grade.intake.member_names import name_fault, parts_of

ZIP = (".zip",)
TAR = (".tar", ".tar.gz", ".tgz")
UNKNOWN = (".7z", ".rar", ".bz2", ".xz", ".gz", ".zst")
_END, _LOCATOR, _END_64 = b"PK\5\6", b"PK\6\7", b"PK\6\6"
_DIRECTORY_BYTES_PER_MEMBER = 512
_LOCAL_HEADER = 30
_ENCRYPTED = 0x1 | 0x40
_UTF8 = 0x800
_PIECE = 65_536
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,  # of which UnicodeError is one
    OverflowError,
    RuntimeError,  # of which NotImplementedError is one
)


@dataclass
class Budget:
    """How many bytes may still be unpacked of one archive."""

    left: int

    def spend(self, count: int) -> None:
        """Take `count` bytes off.

        Raises:
            UnreadableError: there are not so many left.
        """
        self.left -= count
        if self.left < 0:
            raise UnreadableError("the archive unpacks to more than it may")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What an archive holds."""

    files: tuple[File, ...]
    refused: tuple[Listed, ...]
    """members whose names are hostile"""


def read_zip(stream: IO[bytes], budget: Budget, members: int, limits: IntakeLimits) -> Unpacked:
    """Return what a zip archive holds; contents are unpacked when they are read.

    Args:
        stream: the archive; has to stay open for as long as its files are read.
        budget: how much of it may be unpacked.
        members: how many files and folders it may hold.
        limits: those of each member.

    Raises:
        UnreadableError: it is no zip archive, or one made to do harm.
    """
    count = _require_sane_end(stream, members)
    try:
        archive = zipfile.ZipFile(stream)
        entries = archive.infolist()
    except _BROKEN as error:
        raise UnreadableError("the archive is damaged") from error
    if len(entries) != count:
        raise UnreadableError("the archive is damaged: its directory lies about its length")
    _require_apart(entries)
    names = Counter(map(_name, entries))
    refused = [Listed(printable(name), name_fault(name, limits)) for name in names]
    hostile = {each.place for each in refused if each.reason}
    return Unpacked(
        tuple(
            _file(archive, entry, budget, limits, twice=names[_name(entry)] > 1)
            for entry in entries
            if printable(_name(entry)) not in hostile
        ),
        tuple(each for each in refused if each.reason),
    )


def _require_sane_end(stream: IO[bytes], members: int) -> int:
    """Return how many members the archive says it has; what follows reads no more than that.

    Raises:
        UnreadableError: it has no end record, or one that promises too much.
    """
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - 65_557 - 76))  # the longest comment, and the records before it
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        raise UnreadableError("it is no zip archive, or it is cut short")
    count, directory = struct.unpack("<HI", tail[at + 10 : at + 16])
    large = tail[max(0, at - 76) : max(0, at - 20)]
    if tail[max(0, at - 20) : at].startswith(_LOCATOR):
        if len(large) < 56 or not large.startswith(_END_64):
            raise UnreadableError("the archive is damaged: its 64-bit record is missing")
        count, directory = struct.unpack("<QQ", large[32:48])
    if count > members or directory > members * _DIRECTORY_BYTES_PER_MEMBER:
        raise UnreadableError(f"the archive holds more than the {members} files it may")
    return int(count)


def _require_apart(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse an archive whose members share bytes: a few of them can unpack to anything.

    Raises:
        UnreadableError: two overlap.
    """
    for one, other in pairwise(sorted(entries, key=lambda each: each.header_offset)):
        if one.header_offset + _LOCAL_HEADER + one.compress_size > other.header_offset:
            raise UnreadableError("the archive is damaged: two of its files overlap")


def _name(entry: zipfile.ZipInfo) -> str:
    """Return a member's whole name; macOS writes UTF-8 without saying so."""
    name = entry.orig_filename
    if not entry.flag_bits & _UTF8 and not name.isascii():
        try:
            return name.encode("cp437").decode()
        except UnicodeError:
            return name
    return name


def _file(
    archive: zipfile.ZipFile,
    entry: zipfile.ZipInfo,
    budget: Budget,
    limits: IntakeLimits,
    *,
    twice: bool,
) -> File:
    path = parts_of(_name(entry))
    if entry.is_dir():
        return File((*path, NOTHING), 0, lambda _: b"")
    fault = "is in its archive twice" if twice else _fault(entry, limits)
    content = partial(_unpack, archive, entry, budget)
    said = f"{printable(path[-1])} {fault}" if fault else ""
    return File(path, entry.file_size, content, said)


def _fault(entry: zipfile.ZipInfo, limits: IntakeLimits) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    large = entry.file_size > limits.ratio_from_bytes
    if entry.flag_bits & _ENCRYPTED:
        return "is encrypted"
    if kind not in {0, stat.S_IFREG}:
        return "is a link or a device, not a regular file"
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return "is packed in a way that is not read here"
    if entry.compress_type == zipfile.ZIP_STORED and entry.file_size != entry.compress_size:
        return "is damaged: its sizes contradict each other"
    if large and entry.file_size > limits.ratio * entry.compress_size:
        return f"would unpack to more than {limits.ratio} times its size"
    return ""


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget, limit: int) -> bytes:
    content = b"".join(_pieces(archive, entry, budget, limit))
    if len(content) < min(limit, entry.file_size):
        raise UnreadableError(f"{printable(_name(entry))} is shorter than its archive says")
    return content


def _pieces(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, budget: Budget, limit: int
) -> Iterator[bytes]:
    left = limit
    try:
        with archive.open(entry) as packed:
            while left > 0 and (piece := packed.read(min(_PIECE, left))):
                budget.spend(len(piece))
                left -= len(piece)
                yield piece
    except _BROKEN as error:
        raise UnreadableError(f"{printable(_name(entry))} is damaged") from error
