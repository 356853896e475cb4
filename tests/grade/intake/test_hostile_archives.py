"""Hostile archives cost little, harm nobody else, and are told in a sentence."""

from __future__ import annotations

import io
import resource
import tarfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.errors import SubmissionsError
from lrquiz.grade.intake import IntakeLimits, collect
from lrquiz.grade.intake.archives import Budget, read_zip
from lrquiz.grade.intake.files import UnreadableError
from lrquiz.grade.intake.member_names import name_fault
from tests.grade.intake.archives_made import (
    CODE,
    encrypted,
    linked,
    lying_about_size,
    overlapping,
    promising,
    promising_64,
    tarred,
    twice,
    zipped,
)


def _nested(depth: int) -> bytes:
    content = zipped({"train.py": CODE})
    for _ in range(depth):
        content = zipped({"deeper.zip": content})
    return content


def _tar_link() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        entry = tarfile.TarInfo("train.py")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(entry)
    return out.getvalue()


def _pax_bomb() -> bytes:
    header = tarfile.TarInfo("x")
    header.type, header.size = tarfile.XHDTYPE, 1_000_000_000
    return bytes(header.tobuf(tarfile.USTAR_FORMAT)) + b"\0" * 10_240


HOSTILE = {
    "a bomb": (zipped({"train.py": b"\0" * 30_000_000}), "200 times its size"),
    "many pieces": (zipped({f"{n}.zip": _nested(0) for n in range(2_100)}), "more than the 2000"),
    "deep": (_nested(5), "deep in each other"),
    "encrypted": (encrypted("train.py"), "encrypted"),
    "a link": (linked("train.py", "/etc/passwd"), "not a regular file"),
    "smaller than it says": (lying_about_size("train.py", b"x = 1", 4_321), "train.py is"),
    "larger than it says": (lying_about_size("train.py", b"x" * 3_210, 5), "damaged"),
    "twice": (twice("train.py", (b"x = 1", b"x = 2")), "in its archive twice"),
    "by case": (zipped({"train.py": CODE, "Train.py": CODE}), "but for its spelling"),
    "overlapping": (overlapping(50), "overlap"),
    "too many promised": (promising(60_000, 10), "more than the 2000"),
    "a directory too long": (promising(1, 2**31), "more than the 2000"),
    "64-bit lies": (promising_64(2**40), "more than the 2000"),
    "a lost 64-bit record": (b"PK\6\7" + bytes(16) + promising(1, 1), "64-bit record"),
    "cut short": (zipped({"train.py": CODE})[:-5], "no zip archive"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_zip_is_refused_and_the_class_is_graded(tmp_path: Path, kind: str) -> None:
    """One student's archive never stops another's file, and its reason is told."""
    content, reason = HOSTILE[kind]
    (tmp_path / "mallory.zip").write_bytes(content)
    (tmp_path / "ada.py").write_text(CODE)
    ada, mallory = collect(tmp_path).submissions
    assert ada.source == CODE
    assert not mallory.source
    assert reason in mallory.fault


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (_pax_bomb(), "fill memory"),
        (_tar_link(), "not a regular file"),
        (tarred({"big": b"\0" * 50_000_000}), "more than it may"),
        (tarred({"train.py": CODE.encode()})[:60], "damaged"),
        (b"no tar", "damaged"),
    ],
    # Bytes as names would hold the time at which each worker packed them.
    ids=["headers", "link", "bomb", "cut", "no tar"],
)
def test_a_hostile_tar_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    """Headers that ask for memory, links, bombs and cut files are refused in one pass."""
    (tmp_path / "mallory.tar").write_bytes(content)
    (submission,) = collect(tmp_path).submissions
    assert reason in submission.fault


def test_a_bomb_costs_little_memory(tmp_path: Path) -> None:
    """Zeros that would fill a gigabyte are refused before they are unpacked."""
    pieces = {f"{number}/train.py": b"\0" * 190_000 for number in range(300)}
    layers = zipped({f"{number}.zip": zipped(pieces) for number in range(3)})
    (tmp_path / "mallory.zip").write_bytes(layers)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (submission,) = collect(tmp_path).submissions
    assert submission.fault
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # KiB


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd.py",
        "../x.py",
        "a/../../x.py",
        "a\\..\\..\\x.py",
        "C:\\x.py",
        "a//x.py",
        "./x.py",
        "x\x1b[31m.py",
        "x\u202eyp.py",
        "a" * 300 + ".py",
        "d/" * 20 + "x.py",
        "nul.py",
        "COM1",
    ],
)
def test_hostile_names_are_listed_and_never_a_place(tmp_path: Path, name: str) -> None:
    """A member that names no place of its own is refused; the rest of the export is graded."""
    (tmp_path / "class.zip").write_bytes(zipped({name: CODE, "ada.py": CODE}))
    intake = collect(tmp_path / "class.zip")
    assert [each.student for each in intake.submissions] == ["ada"]
    assert len(intake.ignored) == 1
    assert intake.ignored[0].place.isprintable()
    assert intake.ignored[0].reason


def test_an_export_that_is_no_archive_is_an_error(tmp_path: Path) -> None:
    """The archive of the whole class has to be sound: there is nothing to go on with."""
    (tmp_path / "class.zip").write_bytes(b"PK")
    with pytest.raises(SubmissionsError, match=r"class\.zip: it is no zip archive"):
        collect(tmp_path / "class.zip")


@given(st.binary(max_size=400))
def test_no_bytes_end_in_another_error(noise: bytes) -> None:
    """Whatever stands before, in or after an archive: it is read within its limits, or refused."""
    for content in (noise, zipped({"train.py": CODE}) + noise, noise + promising(1, 46)):
        try:
            found = read_zip(io.BytesIO(content), Budget(1_000), 10, IntakeLimits())
            read = [each.read(1_000) for each in found.files]
        except UnreadableError:
            continue
        assert sum(map(len, read)) <= 1_000


@given(st.integers(0, 200), st.integers(0, 255))
def test_no_changed_byte_ends_in_another_error(at: int, value: int) -> None:
    """An archive with one byte changed is read, or refused."""
    content = bytearray(zipped({"train.py": CODE, "b/c.py": CODE * 3}))
    content[at % len(content)] = value
    try:
        found = read_zip(io.BytesIO(content), Budget(10_000), 10, IntakeLimits())
        for each in found.files:
            each.read(10_000)
    except UnreadableError:
        return


@given(st.text(max_size=40))
def test_a_name_that_passes_stays_inside(name: str) -> None:
    """No name that is let through is absolute, empty, or goes up."""
    if name and not name_fault(name, IntakeLimits()):
        path = Path("/course/folder") / name.replace("\\", "/")
        assert path.is_relative_to("/course/folder")
        assert ".." not in path.parts
