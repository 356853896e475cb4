"""Python files that a bank brings: read without being executed, or executed by permission.

Such a file stands alone. It may import what is installed, and nothing that lies beside it, since
evidence is kept under a digest of its content and must not outlive a change elsewhere.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from lrquiz.errors import LocalCodeError, LrquizError

FLAG = "--allow-local-recipes"
"""the option that permits execution"""

_STARTS = ("./", "../", "/")
_ALONE = "such a file stands alone: put what it needs into it"


@dataclass(frozen=True, slots=True)
class Source:
    """A Python file that was read and parsed, not executed."""

    path: Path
    content: bytes
    tree: ast.Module

    @property
    def digest(self) -> str:
        """The digest of its content."""
        return hashlib.sha256(self.content).hexdigest()

    def fault(self, node: ast.AST | None, message: str) -> LocalCodeError:
        """Return the error to raise for a part of the file."""
        return LocalCodeError(f"{self.path}:{getattr(node, 'lineno', 1)}: {message}")


def is_path(text: str) -> bool:
    """Say whether a name in an item file looks like that of a file."""
    return "/" in text or "\\" in text or text.partition(":")[0].endswith(".py")


def resolved(text: str, folder: Path) -> Path:
    """Return the file that `text` names, relative to `folder`.

    Raises:
        LocalCodeError: it is not written as the path of a Python file.
    """
    if not text.startswith(_STARTS):
        raise LocalCodeError(f'{text!r} is not written as a path; write "./{text}"')
    if not text.endswith(".py"):
        raise LocalCodeError(f"{text!r} is not a Python file; its name must end in .py")
    try:
        return (folder / text).resolve()
    except (OSError, ValueError, RuntimeError) as error:  # a NUL, a loop of links
        raise LocalCodeError(f"{text!r} is no path: {error}") from error


def read_source(path: Path) -> Source:
    """Read and parse a Python file that stands alone; nothing of it is executed.

    Raises:
        LocalCodeError: it cannot be read, is not Python, or imports what lies beside it.
    """
    content = read_regular(path)
    try:
        tree = ast.parse(content, filename=str(path))
    except SyntaxError as error:
        raise LocalCodeError(
            f"{path}:{error.lineno or 1}: not valid Python: {error.msg}"
        ) from error
    except (ValueError, RecursionError, MemoryError) as error:
        raise LocalCodeError(f"{path}: not valid Python: {error}") from error
    source = Source(path, content, tree)
    _refuse_imports_beside(source)
    return source


def read_regular(path: Path) -> bytes:
    """Return what a file contains; a pipe or a device, which might never end, is refused.

    Raises:
        LocalCodeError: it cannot be read.
    """
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise LocalCodeError(f"{path}: cannot be read: it is no regular file")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or str(error)).lower()
        raise LocalCodeError(f"{path}: cannot be read: {reason}") from error


def execute(source: Source, purpose: str) -> ModuleType:
    """Execute a file as a module of its own name and return it; what it prints goes to stderr.

    Raises:
        LocalCodeError: it raised; the message has its line.
    """
    module = ModuleType(f"lrquiz_local_{purpose}_{source.digest}")
    module.__file__ = str(source.path)
    sys.modules[module.__name__] = module  # dataclasses look their module up
    try:
        with telling(source.path, "importing it failed"):
            exec(compile(source.tree, str(source.path), "exec"), module.__dict__)  # noqa: S102
    except BaseException:
        del sys.modules[module.__name__]
        raise
    return module


@contextlib.contextmanager
def telling(
    path: Path, what: str, error_type: type[LrquizError] = LocalCodeError
) -> Iterator[None]:
    """Turn whatever code from `path` raises into an error with its line, but for Ctrl-C."""
    try:
        with contextlib.redirect_stdout(sys.stderr):
            yield
    except (LrquizError, KeyboardInterrupt):
        raise
    except BaseException as error:
        message = f"{_place(error, path)}: {what}: {type(error).__name__}: {error}"
        raise error_type(message.removesuffix(": ")) from error


def _place(error: BaseException, path: Path) -> str:
    """Return the file with the line of it in which an error came up, where there is one."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == str(path)]
    return f"{path}:{lines[-1]}" if lines else str(path)


def _refuse_imports_beside(source: Source) -> None:
    """What is imported from beside the file would be no part of its digest."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            raise source.fault(node, f"imports relatively; {_ALONE}")
        for name in _imported(node):
            if _lies_beside(name, source.path.parent):
                raise source.fault(node, f"imports {name}, which lies beside it; {_ALONE}")


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [(node.module or "").partition(".")[0]]
    names = node.names if isinstance(node, ast.Import) else []
    return [alias.name.partition(".")[0] for alias in names]


def _lies_beside(name: str, folder: Path) -> bool:
    if name == "lrquiz" or name in sys.stdlib_module_names:
        return False
    return (folder / f"{name}.py").exists() or any((folder / name).glob("*.py"))
