"""Let a submission import the modules that its student handed in beside it, from memory."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import importlib.util
import linecache
import sys
import types
from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

_Compiler: TypeAlias = Callable[[str, str], types.CodeType]


class _Siblings(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds and runs modules by their paths, such as `helper.py` and `tools/__init__.py`."""

    def __init__(self, sources: Mapping[str, str], compiled: _Compiler) -> None:
        self._sources = sources
        self._compiled = compiled

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,  # noqa: ARG002 - every sibling is known by its full name
        target: types.ModuleType | None = None,  # noqa: ARG002
    ) -> importlib.machinery.ModuleSpec | None:
        folder = fullname.replace(".", "/")
        for place in (f"{folder}/__init__.py", f"{folder}.py"):
            if place in self._sources:
                package = place.endswith("/__init__.py")
                return importlib.util.spec_from_loader(
                    fullname, self, origin=place, is_package=package
                )
        if any(each.startswith(f"{folder}/") for each in self._sources):
            return importlib.util.spec_from_loader(fullname, self, is_package=True)
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        place = module.__spec__.origin if module.__spec__ else None
        if place is None:  # a folder without __init__.py
            return
        source = self._sources[place]
        module.__file__ = place
        linecache.cache[place] = (len(source), None, source.splitlines(keepends=True), place)
        exec(self._compiled(source, place), vars(module))  # noqa: S102 - we are inside the box


def _plainly(source: str, place: str) -> types.CodeType:
    return compile(source, place, "exec", dont_inherit=True)


def make_importable(sources: Mapping[str, str], compiled: _Compiler = _plainly) -> None:
    """Let this process import modules by their paths, for as long as it lives.

    They go before installed modules of the same name, as files beside a script do. What the process
    has imported already stays as it is.

    Args:
        sources: by path.
        compiled: makes code of a source and its path.
    """
    if sources:
        sys.meta_path.insert(0, _Siblings(sources, compiled))
