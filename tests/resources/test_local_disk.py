"""Where a write-ahead log may be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from lrquiz.resources.local_disk import filesystem_magic, is_local, magic_is_local


@pytest.mark.parametrize(
    ("magic", "expected"),
    [
        (0xEF53, True),  # ext4
        (0x58465342, True),  # XFS
        (0x6969, False),  # NFS
        (0xFF534D42, False),  # CIFS
        (0x0BD00BD0, False),  # Lustre
        (0x65735546, False),  # FUSE: sshfs and the like
        (0x01021997, False),  # 9p
        (0, False),
        (None, False),
    ],
)
def test_only_what_is_known_to_be_local_is(magic: int | None, *, expected: bool) -> None:
    """A network disk is not, and neither is what nobody has heard of."""
    assert magic_is_local(magic) is expected


def test_the_kernel_is_asked() -> None:
    """The kernel's own /proc is no disk, and has the number that it is documented to have."""
    if not Path("/proc/self").exists():
        pytest.skip("no Linux")
    assert filesystem_magic(Path("/proc")) == 0x9FA0
    assert not is_local(Path("/proc"))


def test_a_folder_that_is_not_there_is_not_local(tmp_path: Path) -> None:
    """What cannot be asked about counts as remote."""
    assert filesystem_magic(tmp_path / "none") is None
    assert not is_local(tmp_path / "none")
