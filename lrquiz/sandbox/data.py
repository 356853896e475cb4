"""Folders of the user's own that a box may read: found sound, and open to whoever the box is."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lrquiz.errors import ScriptError

_MOST_COPIED = 2_000_000_000
_ANYBODY_READS, _ANYBODY_ENTERS = stat.S_IROTH, stat.S_IROTH | stat.S_IXOTH


@contextmanager
def readable_data(folder: Path | None) -> Iterator[tuple[str, ...]]:
    """Yield a folder of data as a box can read it: itself, or, where it must be, a copy.

    Root's boxes belong to a user of nobody else's, who cannot read what is root's alone; an
    ordinary user's box reads what that user reads.

    Raises:
        ScriptError: it is no folder, or too large to be copied.
    """
    if folder is None:
        yield ()
        return
    path = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would lose the name of a link
    if not path.is_dir() or not path.name:
        raise ScriptError(f"{folder} is no folder; --data wants the folder that the script reads")
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or _is_open(path):
        yield (str(path),)
        return
    with tempfile.TemporaryDirectory(prefix="lrquiz-data-") as place:
        Path(place).chmod(0o755)
        yield (str(_copied(path, Path(place, path.name))),)


def _is_open(folder: Path) -> bool:
    """Say whether everybody may read all of a folder."""
    for here, folders, files in os.walk(folder):
        if Path(here).stat().st_mode & _ANYBODY_ENTERS != _ANYBODY_ENTERS:
            return False
        for name in (*files, *folders):
            mode = Path(here, name).lstat().st_mode
            if not stat.S_ISLNK(mode) and not mode & _ANYBODY_READS:
                return False
    return True


def _copied(folder: Path, place: Path) -> Path:
    size = sum(each.lstat().st_size for each in folder.rglob("*"))
    if size > _MOST_COPIED:
        raise ScriptError(
            f"{folder} can be read by root alone, and is too large to be copied for the box; "
            f"let everybody read it: chmod -R o+rX {folder}"
        )
    shutil.copytree(folder, place, symlinks=True)
    for each in (place, *place.rglob("*")):
        if not each.is_symlink():
            each.chmod(0o755 if each.is_dir() else 0o644)
    return place
