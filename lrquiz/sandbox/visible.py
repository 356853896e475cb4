"""Decide what of the machine's disk a box may see: an allow-list, read-only.

The standard library, the shared libraries it is linked to, and from site-packages only torch,
numpy, safetensors, matplotlib and what these need. lrquiz itself, the bank and the templates are
never among them: what a box needs of lrquiz was imported before the box closed.
"""

from __future__ import annotations

import os
import re
import sys
import sysconfig
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DISTRIBUTIONS = ("torch", "numpy", "safetensors", "matplotlib")
"""what student code may import, beside what these require"""

_NEVER = frozenset({"lrquiz"})
_REQUIREMENT_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LIBRARIES = ("lib/*-linux-gnu*", "usr/lib/*-linux-gnu*", "lib64", "usr/lib64", "etc/ld.so.cache")
_PACKAGE_FOLDERS = ("site-packages", "dist-packages")
_MOUNT_POINTS = ("mnt", "media", "srv", "opt", "run", "home", "var", "boot", "tmp", "usr")


@dataclass(frozen=True, slots=True)
class Visible:
    """The paths that a box sees, at the places where the machine has them."""

    system: tuple[str, ...]
    """standard library, interpreter, shared libraries; outer folders before inner ones"""
    masked: tuple[str, ...]
    """folders of packages inside `system`, hidden under an empty one"""
    packages: tuple[str, ...]
    """single packages, bound one by one"""
    mount_point: str
    """an existing folder over which the box's root can be built, hiding none of the above"""
    data: tuple[str, ...] = ()
    """folders of the user's own, shown under their names in the box's working directory"""

    def holds_packages(self, folder: str) -> bool:
        """Return whether a box finds something to import in a folder, such as one of `sys.path`."""
        place = Path(folder)
        return place.is_dir() and (
            any(place.is_relative_to(each) for each in self.system)
            or any(Path(each).parent == place for each in self.packages)
        )


def visible(data: Sequence[str] = ()) -> Visible:
    """Return what a box of this interpreter may see, and folders of data that it is to see too."""
    system = sorted(_existing((*_standard_library(), *_interpreter(), *_libraries())), key=len)
    packages = sorted(_existing(_packages()))
    masked = (str(folder) for path in system for folder in _package_folders(Path(path)))
    place = _mount_point((*system, *packages, *data))
    return Visible(tuple(system), tuple(masked), tuple(packages), place, tuple(data))


def _existing(paths: Iterable[Path]) -> set[str]:
    """Return the paths that exist, made absolute but with links kept: code names them so."""
    return {os.path.normpath(path.absolute()) for path in paths if path.exists()}


def _standard_library() -> Iterator[Path]:
    yield Path(sysconfig.get_path("stdlib"))
    yield Path(os.__file__).parent
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    yield Path(sys.base_exec_prefix, sys.platlibdir, version)


def _interpreter() -> Iterator[Path]:
    """Yield the interpreter's own files: multiprocessing may start it again."""
    yield Path(sys.executable)
    yield Path(getattr(sys, "_base_executable", sys.executable))
    yield Path(sys.executable).resolve()
    yield Path(sys.prefix, "pyvenv.cfg")
    library = sysconfig.get_config_var("INSTSONAME")
    if library:
        yield Path(sysconfig.get_config_var("LIBDIR"), library)


def _libraries() -> Iterator[Path]:
    for pattern in _LIBRARIES:
        yield from Path("/").glob(pattern)


def _package_folders(folder: Path) -> Iterator[Path]:
    """Yield the folders of installed packages that lie inside a folder of the system."""
    for name in _PACKAGE_FOLDERS:
        yield from folder.glob(name)
        yield from folder.glob(f"python3*/{name}")


def _packages() -> Iterator[Path]:
    for distribution in _closure(DISTRIBUTIONS):
        yield from _top_levels(distribution)


def _closure(names: Iterable[str]) -> Iterator[metadata.Distribution]:
    """Yield the named distributions and all that they require, as far as installed."""
    waiting, seen = list(names), set(_NEVER)
    while waiting:
        name = re.sub(r"[-_.]+", "-", waiting.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        waiting.extend(_required(distribution))
        yield distribution


def _required(distribution: metadata.Distribution) -> Iterator[str]:
    """Yield the names a distribution requires; those of extras are nobody's need here."""
    for requirement in distribution.requires or ():
        name = _REQUIREMENT_NAME.match(requirement)
        if name and not re.search(r"\bextra\s*==", requirement):
            yield name[0]


def _top_levels(distribution: metadata.Distribution) -> Iterator[Path]:
    """Yield a distribution's own entries of site-packages: packages, modules, *.libs folders."""
    names = {file.parts[0] for file in distribution.files or ()} - {"..", "__pycache__"}
    names |= set((distribution.read_text("top_level.txt") or "").split())
    for name in names:
        if not name.endswith(".pth"):
            yield Path(str(distribution.locate_file(name)))


def _mount_point(shown: Iterable[str]) -> str:
    """Return a folder that holds none of the paths to show, by name or by where links lead."""
    paths = {place for path in shown for place in (Path(path), Path(path).resolve())}
    for name in _MOUNT_POINTS:
        candidate = Path("/", name)
        hides = any(path.is_relative_to(candidate) for path in paths)
        if candidate.is_dir() and not candidate.is_symlink() and not hides:
            return str(candidate)
    message = f"no folder to build the box on; tried: {', '.join(_MOUNT_POINTS)}"
    raise FileNotFoundError(message)
