"""Write files whole or not at all, and say plainly why a file cannot be written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from lrquiz.errors import OutputError

PRIVATE = 0o600
PUBLIC = 0o644
PRIVATE_FOLDER = 0o700


_REMEDY = "give --out a folder you can write to, with room left"


@contextmanager
def explained(path: Path, remedy: str = _REMEDY) -> Iterator[None]:
    """Turn an `OSError` on `path` into an `OutputError` that says what to do."""
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"cannot write {path}: {reason}\n  {remedy}"
        raise OutputError(message) from error


def make_folder(path: Path, *, private: bool = False) -> Path:
    """Create `path` and its parents; a private folder is its owner's alone.

    Raises:
        OutputError: it cannot be created, or is a file.
    """
    with explained(path):
        path.mkdir(parents=True, exist_ok=True)
        if private:
            path.chmod(PRIVATE_FOLDER)
    return path


def write_bytes(path: Path, content: bytes, mode: int = PUBLIC) -> None:
    """Replace `path` by `content` in one step; an interrupted write leaves the old file.

    Raises:
        OutputError: the folder is missing, read-only or full.
    """
    with explained(path):
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "wb") as out:
                out.write(content)
                os.fchmod(out.fileno(), mode)
            Path(name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(name).unlink()
            raise


def write_text(path: Path, text: str, mode: int = PUBLIC) -> None:
    """Replace `path` by `text` as UTF-8 in one step; see `write_bytes`."""
    write_bytes(path, text.encode("utf-8"), mode)
