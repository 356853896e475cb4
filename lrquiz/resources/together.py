"""Write many files into a folder together: none of them before all are on the disk."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from lrquiz.errors import OutputError
from lrquiz.resources.files import PRIVATE, explained, make_folder, write_bytes


def write_together(folder: Path, files: Mapping[str, bytes], *, replacing: bool = False) -> None:
    """Write private files into `folder`, in their order, once all of them are on its disk.

    Args:
        folder: is made where it is missing; what is in it stays.
        files: content by path in the folder; of folders in these paths only their owner reads.
        replacing: take the place of other files of the same names.

    Raises:
        OutputError: one cannot be written, or another file of that name is there; nothing of what
            was there is changed.
    """
    held = [name for name, content in files.items() if _differs(folder / name, content)]
    if held and not replacing:
        message = (
            f"{folder / held[0]}: is there already, of something else, and was not touched; "
            "give --out a folder that is new or empty"
        )
        raise OutputError(message)
    make_folder(folder)
    with explained(folder):
        place = Path(tempfile.mkdtemp(dir=folder, prefix=".writing-"))
    try:
        for name, content in files.items():
            make_folder((place / name).parent, private=True)
            write_bytes(place / name, content, PRIVATE)
        for name in files:
            if (folder / name).parent != folder:
                make_folder((folder / name).parent, private=True)
            with explained(folder / name):
                (place / name).replace(folder / name)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _differs(path: Path, content: bytes) -> bool:
    """Say whether something else is at `path`.

    Raises:
        OutputError: what is there cannot be read.
    """
    with explained(path):
        return path.exists() and (not path.is_file() or path.read_bytes() != content)
