"""Predicates in Python files that a bank brings; finding one executes its file.

Such a file defines functions decorated by `lrquiz.evidence.predicates.predicate.predicate`, as the
modules beside this one do. Who asks for one must have been allowed to execute it: a `LocalCode` is
made by the loader of items alone, and only by permission.
"""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

from lrquiz.errors import LocalCodeError
from lrquiz.evidence.predicates.predicate import Predicate
from lrquiz.model.item import LocalCode
from lrquiz.model.trace import Trace
from lrquiz.resources.local_code import execute, read_source, telling


@functools.cache
def local_predicate(code: LocalCode) -> Predicate:
    """Return a predicate of a file, which is executed once for each of its contents.

    Raises:
        LocalCodeError: the file changed since it was found, fails, or holds no such predicate.
    """
    found = getattr(_module(code.path, code.digest), code.function, None)
    if not isinstance(found, Predicate):
        message = f"{code.path}: there is no predicate {code.function!r}; decorate it by @predicate"
        raise LocalCodeError(message)
    with telling(Path(code.path), f"the predicate {code.function} cannot be used"):
        faults = list(_faults(found))
    if faults:
        raise LocalCodeError(f"{code.path}: {code.function}: {faults[0]}")
    return found


def decide_local(code: LocalCode, arguments: Mapping[str, Any]) -> bool:
    """Decide a predicate of a bank on traces.

    Raises:
        LocalCodeError: it raised, or returned neither True nor False.
        NotRecordedError: a trace lacks what it needs.
    """
    with telling(Path(code.path), f"the predicate {code.function} failed"):
        holds: object = local_predicate(code)(**arguments)
    if not isinstance(holds, bool):
        message = (
            f"{code.path}: the predicate {code.function} returned {holds!r:.80}; return True or "
            "False"
        )
        raise LocalCodeError(message)
    return holds


def unspeakable(predicate: Predicate, parameters: Mapping[str, Any]) -> str:
    """Return what is wrong with a predicate's words for these parameters; empty if nothing is."""
    arms = {str(parameters[name]): "arm" for name in predicate.arms}
    given = {name: each.default for name, each in predicate.parameters.items()} | dict(parameters)
    path = Path(inspect.getfile(predicate.function))
    try:
        with telling(path, f"the words of {predicate.name} cannot be used"):
            re.compile(predicate.pattern(parameters))
            predicate.say(given, arms)
    except LocalCodeError as error:
        return str(error)
    return ""


@functools.cache
def _module(path: str, digest: str) -> ModuleType:
    source = read_source(Path(path))
    if source.digest != digest:
        raise LocalCodeError(f"{path}: it was changed while it was in use; run again")
    return execute(source, "predicates")


def _faults(predicate: Predicate) -> Iterator[str]:
    if not predicate.summary:
        yield "it has no docstring, whose first line tells students what is measured"
    if not predicate.needs:
        yield 'it does not say what it needs, as in @predicate(words, "epoch.loss", sentence=...)'
    for name, each in predicate.parameters.items():
        if each.kind not in (each.POSITIONAL_OR_KEYWORD, each.KEYWORD_ONLY):
            yield f"its parameter {name} cannot be given by name"
        wanted = (str,) if name == "clock" else (Trace, int, float)
        if each.annotation not in wanted:
            yield f"its parameter {name} is not of type Trace, int or float (clock: of type str)"
    if not predicate.arms:
        yield "it has no parameter of type Trace"
