"""What a bank's own recipe may read from its folder: the files that its digest holds.

Numbers that came from another file would be kept under a digest that does not know it, and would
outlive a change of it. So reading one ends training, with its name.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import lrquiz
from lrquiz.errors import RecipeError

_ENVIRONMENT = "pyvenv.cfg"
"""the file that makes a folder a Python environment"""


class Reading:
    """Watches what is opened while a recipe runs in this process."""

    def __init__(self, recipe: Path, reads: Sequence[str]) -> None:
        self._folder = recipe.parent
        named = [recipe, *(_absolute(recipe.parent / name) for name in reads)]
        known = {path: path.resolve() for path in named}
        self._known = known | {path: path for path in known.values()}
        installed = [Path(sys.prefix), Path(sys.base_prefix), Path(lrquiz.__file__).parent]
        # Only what lies below the folder: one that holds the recipe too exempts nothing.
        self._installed = [path for path in installed if self._folder in path.parents]
        self._is_on = False
        sys.addaudithook(self._hook)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Refuse, as long as this lasts, to read what lies beside the recipe undeclared.

        Raises:
            RecipeError: it was tried.
        """
        self._is_on = True
        try:
            yield
        finally:
            self._is_on = False

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._is_on or event != "open":
            return
        name, _, flags = arguments
        if not isinstance(name, str | bytes) or not isinstance(flags, int) or not _reads(flags):
            return  # a descriptor that is open already, or what is only written
        given = _absolute(Path(os.fsdecode(name)))
        target = Path(os.path.realpath(os.fsdecode(name)))
        # As it is named and as it is found: a link may lead out of the folder, or into it.
        for path in (given, target):
            if self._is_undeclared(path, target):
                raise RecipeError(self._message(path.relative_to(self._folder)))

    def _is_undeclared(self, path: Path, target: Path) -> bool:
        if self._folder not in path.parents or self._known.get(path) == target:
            return False
        below = [path, *path.parents][: len(path.parts) - len(self._folder.parts)]
        is_installed = any(each in below for each in self._installed)
        return not is_installed and not any((each / _ENVIRONMENT).is_file() for each in below)

    def _message(self, path: Path) -> str:
        if path.suffix in (".py", ".pyc"):
            name = path.name.partition(".")[0]
            return f"it imports {name}, which lies beside it; put what it needs into its own file"
        return f"it reads {path}, which its digest does not hold; declare READS = ({str(path)!r},)"


def _absolute(path: Path) -> Path:
    """Return a path from the root without `..`, its links left as they are."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - Path.absolute keeps `..`


def _reads(flags: int) -> bool:
    """Say whether a file so opened can show what it held before."""
    if flags & os.O_TRUNC or flags & os.O_EXCL:
        return False
    return flags & os.O_ACCMODE != os.O_WRONLY
