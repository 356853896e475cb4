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


class Reading:
    """Watches what is opened while a recipe runs in this process."""

    def __init__(self, recipe: Path, reads: Sequence[str]) -> None:
        self._folder = recipe.parent
        self._known = {recipe, *((recipe.parent / name).resolve() for name in reads)}
        self._installed = [Path(sys.prefix), Path(sys.base_prefix), Path(lrquiz.__file__).parent]
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
        if not isinstance(name, str | bytes) or not isinstance(flags, int):
            return  # a descriptor that is open already
        path = Path(os.path.realpath(os.fsdecode(name)))
        if flags & os.O_ACCMODE == os.O_RDONLY and self._is_undeclared(path):
            raise RecipeError(self._message(path.relative_to(self._folder)))

    def _is_undeclared(self, path: Path) -> bool:
        if not path.is_relative_to(self._folder) or path in self._known:
            return False
        is_hidden = any(part.startswith(".") for part in path.relative_to(self._folder).parts)
        return not is_hidden and not any(map(path.is_relative_to, self._installed))

    def _message(self, path: Path) -> str:
        if path.suffix in (".py", ".pyc"):
            name = path.name.partition(".")[0]
            return f"it imports {name}, which lies beside it; put what it needs into its own file"
        return f"it reads {path}, which its digest does not hold; declare READS = ({str(path)!r},)"
