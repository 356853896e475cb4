"""Archives that the tests of intake build: honest ones, and ones made to do harm."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
from collections.abc import Mapping

CODE = "def train(model, batches, epochs, lr): ...\n"


def zipped(members: Mapping[str, bytes | str], *, packed: bool = True) -> bytes:
    out = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def twice(name: str, contents: tuple[bytes, bytes]) -> bytes:
    """A zip with two members of one name; the writer warns, so the second is renamed in place."""
    other = name[:-1] + "\1"
    data = zipped({name: contents[0], other: contents[1]})
    return data.replace(other.encode(), name.encode())


def lying_about_size(name: str, content: bytes, size: int) -> bytes:
    """A zip whose directory and header say that a member is `size` bytes long."""
    data = zipped({name: content})
    return data.replace(struct.pack("<I", len(content)), struct.pack("<I", size))


def encrypted(name: str) -> bytes:
    data = bytearray(zipped({name: b"x = 1"}))
    data[6] |= 1
    data[data.rfind(b"PK\1\2") + 8] |= 1
    return bytes(data)


def linked(name: str, target: str) -> bytes:
    out, entry = io.BytesIO(), zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(entry, target)
    return out.getvalue()


def promising(entries: int, directory: int) -> bytes:
    """An end record that promises so many members in so many bytes."""
    return b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, entries, entries, directory, 0, 0)


def promising_64(entries: int) -> bytes:
    """A 64-bit end record that promises so many members."""
    record = b"PK\6\6" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, entries, entries, 0, 0)
    locator = b"PK\6\7" + struct.pack("<IQI", 0, 0, 1)
    return record + locator + promising(0xFFFF, 0xFFFFFFFF)


def overlapping(count: int) -> bytes:
    """A zip in whose directory every member points at the same bytes."""
    data = zipped({"a.py": b"0" * 100_000})
    start = data.rfind(b"PK\1\2")
    entry = data[start : data.rfind(b"PK\5\6")]
    copies = b"".join(entry.replace(b"a.py", b"%04d" % number) for number in range(count))
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(copies), start, 0)
    return data[:start] + copies + b"PK\5\6" + end


def tarred(members: Mapping[str, bytes], *, mode: str = "gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz" if mode == "gz" else "w") as archive:
        for name, content in members.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            archive.addfile(entry, io.BytesIO(content))
    return out.getvalue()
