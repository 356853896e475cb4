"""Read tar archives that may be hostile: one pass, counted bytes, wanted files alone."""

from __future__ import annotations

import gzip
import io
import tarfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from typing import IO, Self

from lrquiz.grade.intake.archives import Budget, Unpacked
from lrquiz.grade.intake.files import NOTHING, File, UnreadableError, printable
from lrquiz.grade.intake.found import Listed
from lrquiz.grade.intake.limits import IntakeLimits
from lrquiz.grade.intake.member_names import name_fault, parts_of

_BROKEN = (tarfile.TarError, zlib.error, OSError, EOFError, ValueError, OverflowError)
_GZIP = b"\x1f\x8b"
_LARGEST_PIECE = 1_000_000


class _Header(tarfile.TarInfo):
    """A header that may not bring a long name or a table of attributes larger than any needs."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        """Return the header in `buf`.

        Raises:
            UnreadableError: it announces more than memory should be spent on.
        """
        header = super().frombuf(buf, encoding, errors)
        if header.type not in tarfile.REGULAR_TYPES and header.size > _LARGEST_PIECE:
            raise UnreadableError("the archive is damaged, or made to fill memory")
        return header


class _Counted(io.RawIOBase):
    """A stream of unpacked bytes that ends a bomb: headers may not ask for more than is allowed."""

    def __init__(self, read: Callable[[int], bytes], budget: Budget) -> None:
        super().__init__()
        self._read, self._budget = read, budget

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if not 0 <= size <= _LARGEST_PIECE:
            raise UnreadableError("the archive is damaged, or made to fill memory")
        self._budget.spend(size)
        return self._read(size)


def read_tar(
    stream: IO[bytes],
    budget: Budget,
    members: int,
    wanted: Callable[[str], int],
    limits: IntakeLimits,
) -> Unpacked:
    """Return what a tar archive holds, packed by gzip or not.

    A tar archive has no directory, so what is wanted is read at once and kept in memory.

    Args:
        stream: the archive.
        budget: how much it may unpack to.
        members: how many files and folders it may hold.
        wanted: how many bytes a file of this name may have to be read; 0 where nobody needs it.
        limits: those of names.

    Raises:
        UnreadableError: it is no tar archive, or one made to do harm.
    """
    packed = stream.read(2) == _GZIP
    stream.seek(0)
    try:
        with gzip.open(stream) if packed else nullcontext(stream) as plain:
            files = list(_files(_Counted(plain.read, budget), members, wanted))
    except _BROKEN as error:
        raise UnreadableError("the archive is damaged") from error
    said = {each.path: name_fault("/".join(each.path), limits) for each in files}
    times = Counter(each.path for each in files)
    return Unpacked(
        tuple(_once(each, times[each.path]) for each in files if not said[each.path]),
        tuple(Listed(printable("/".join(path)), why) for path, why in said.items() if why),
    )


def _files(stream: _Counted, members: int, wanted: Callable[[str], int]) -> Iterator[File]:
    # "r|" never seeks, so each byte is unpacked and counted once.
    with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header) as archive:
        for number, member in enumerate(archive):
            if number >= members:
                raise UnreadableError(f"the archive holds more than the {members} files it may")
            if member.name not in {"", "."}:
                yield _file(archive, member, wanted)


def _file(archive: tarfile.TarFile, member: tarfile.TarInfo, wanted: Callable[[str], int]) -> File:
    path = parts_of(member.name.removeprefix("./") or ".")
    if member.isdir():
        return File((*path, NOTHING), 0, lambda _: b"")
    if not member.isreg() or member.issparse():
        fault = f"{printable(path[-1])} is a link, a device or has holes: not a regular file"
        return File(path, member.size, lambda _: b"", fault)
    limit = wanted(member.name)
    source = archive.extractfile(member) if member.size <= limit else None
    content = source.read() if source else b""
    return File(path, member.size, lambda most: content[:most])


def _once(file: File, times: int) -> File:
    if times == 1 or file.path[-1] == NOTHING:
        return file
    return File(file.path, file.size, file.content, f"{file.name} is in its archive twice")
