"""Cut a program short, also one that catches whatever is raised in it."""

from __future__ import annotations

import ast
import signal
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from types import CodeType

_AGAIN = 0.5
"""seconds after which it is cut once more, if it goes on"""
_PLACE = f"the place of {__name__}.EnoughError"
"""what stands for the exception until code is made: no program can name it, and none sees it"""


class EnoughError(BaseException):
    """The script has had its time; not an `Exception`, so that no script catches it by accident."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `EnoughError` in the script after so many seconds, where the system has such a clock.

    It is raised again and again, for a first one may end in a callback that drops it. What ignores
    them all is ended by the limits of the box; nothing is recorded of it then.
    """
    main = threading.current_thread() is threading.main_thread()
    if not hasattr(signal, "setitimer") or not main:
        yield
        return

    def enough(*_: object) -> None:
        raise EnoughError

    signal.signal(signal.SIGALRM, enough)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def compiled(source: str, filename: str) -> CodeType:
    """Return the code of a source whose `except:` and `except BaseException:` let a cut through.

    Before each of these goes a handler of `EnoughError` alone, on the same line. A source without
    them is compiled as it is.

    Raises:
        SyntaxError: as `compile` does, so of what `compile` itself says.
        ValueError: likewise, where it holds null bytes.
    """
    tree = _with_passages(source)
    if tree is None:
        return compile(source, filename, "exec", dont_inherit=True)
    return _filled(compile(tree, filename, "exec", dont_inherit=True))


def _filled(code: CodeType) -> CodeType:
    """Return code, and all code within it, with the exception in its places."""
    return code.replace(co_consts=tuple(map(_constant, code.co_consts)))


def _constant(value: object) -> object:
    if isinstance(value, CodeType):
        return _filled(value)
    return EnoughError if isinstance(value, str) and value == _PLACE else value


def _with_passages(source: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    tries = [each for each in ast.walk(tree) if isinstance(each, ast.Try)]
    changed = [each for each in tries if any(map(_catches_all, each.handlers))]
    for each in changed:
        each.handlers.insert(0, _passage(each.handlers[0]))
    return tree if changed else None


def _catches_all(handler: ast.ExceptHandler) -> bool:
    """Say whether a handler names no type, or `BaseException` among others."""
    if handler.type is None:
        return True
    named = ast.walk(handler.type)
    return any("BaseException" in {getattr(e, "id", ""), getattr(e, "attr", "")} for e in named)


def _passage(handler: ast.ExceptHandler) -> ast.ExceptHandler:
    """Return a handler that raises our own exception again, at the place of another handler."""
    made = ast.ExceptHandler(ast.Constant(_PLACE), None, [ast.Raise()])
    for each in ast.walk(made):
        ast.copy_location(each, handler)
    return made
