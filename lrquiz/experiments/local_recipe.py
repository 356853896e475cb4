"""Recipes in Python files that a bank brings: permission, loading, and what they may return.

Torch is not imported here; the recipe itself does that, in the worker that executes it.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from lrquiz.bank.finding import recipe_info
from lrquiz.bank.local_recipe import unchanged
from lrquiz.errors import LocalCodeError, RecipeError
from lrquiz.experiments.reading import Reading
from lrquiz.model.item import Code, Experiment, LocalCode
from lrquiz.model.trace import Event, Trace
from lrquiz.resources.local_code import FLAG, execute, telling


def require_permission(experiment: Experiment, whose: str = "", *, allow_local: bool) -> None:
    """Refuse to execute a recipe of a bank's own without permission.

    Args:
        experiment: what is to be trained.
        whose: what wants it, for the message.
        allow_local: whether code outside lrquiz may be executed.

    Raises:
        LocalCodeError: the recipe is such code, and that is not allowed.
    """
    recipe = experiment.recipe
    if isinstance(recipe, LocalCode) and not allow_local:
        message = (
            f"{whose + ': ' if whose else ''}training executes the Python code in {recipe.path}; "
            f"read it, then allow it by {FLAG}"
        )
        raise LocalCodeError(message)


@functools.cache
def load_local(recipe: LocalCode) -> ModuleType:
    """Execute a recipe's file once for each of its contents, and return it as a module.

    Raises:
        LocalCodeError: it changed since it was pinned, fails, or has other settings than it
            declares.
    """
    module = execute(unchanged(recipe), "recipe")
    declared = {name: field.default for name, field in recipe_info(recipe).fields.items()}
    with telling(Path(recipe.path), "its Arm cannot be used"):
        found = {each.name: each.default for each in dataclasses.fields(module.Arm)}
    if found != declared:
        message = f"{recipe.path}: when executed, Arm has the settings {found}, not {declared}"
        raise LocalCodeError(message)
    return module


@functools.cache
def _reading(recipe: LocalCode) -> Reading:
    return Reading(Path(recipe.path), recipe_info(recipe).reads)


@contextmanager
def explaining(recipe: Code) -> Iterator[None]:
    """Tell whatever a bank's own recipe lets through by its file and line; leave others alone.

    An exception of its own class, which only the file could define, never leaves the worker.

    Raises:
        RecipeError: training failed.
        LocalCodeError: the file cannot be loaded.
    """
    if not isinstance(recipe, LocalCode):
        yield
        return
    try:
        with telling(Path(recipe.path), "training failed", RecipeError), _reading(recipe).watched():
            yield
    except KeyboardInterrupt as error:  # Ctrl-C goes to the parent: this one is the recipe's
        raise RecipeError(f"{recipe.path}: training failed: KeyboardInterrupt") from error
    except RecipeError as error:
        if str(error).startswith(recipe.path):
            raise
        raise type(error)(f"{recipe.path}: {error}") from error


def checked(recipe: Code, traces: Sequence[object], epochs: int) -> list[Trace]:
    """Return the traces of a recipe, those of a bank's own after a look at what they are.

    Raises:
        RecipeError: one is no trace, or lacks what the recipe promises to record.
    """
    if isinstance(recipe, LocalCode):
        for each in traces:
            fault = _fault(each, recipe_info(recipe).records, epochs)
            if fault:
                raise RecipeError(f"{recipe.path}: {fault}")
    return [each for each in traces if isinstance(each, Trace)]


def _fault(trace: object, promised: frozenset[str], epochs: int) -> str:
    if type(trace) is not Trace:
        return f"run returned {type(trace).__name__}, not a Trace; return that of a TraceBuilder"
    if not _is_plain(trace):
        return "run returned a Trace with other values than numbers; make it by a TraceBuilder"
    if trace.planned_epochs != epochs or any(len(each) > epochs for each in trace.epochs.values()):
        return f"run recorded other epochs than the {epochs} it was given"
    lacking = ", ".join(sorted(promised - trace.recorded))
    if lacking and trace.stopped:
        return f"training stopped before {lacking} was recorded: {trace.stopped}"
    return f"run did not record {lacking}, which RECORDS promises" if lacking else ""


def _is_plain(trace: Trace) -> bool:
    """Say whether a trace holds what its type says, so that it is read back as it was written."""
    columns = [*_columns(trace.epochs), *_columns(trace.steps)]
    return (
        all(isinstance(column, tuple) for column in columns)
        and all(type(value) is float for column in columns for value in column)
        and all(type(event) is Event for event in trace.events)
        and (trace.stopped is None or type(trace.stopped) is str)
        and {each for each in trace.recorded if each.startswith("epoch.")}
        == {f"epoch.{name}" for name in trace.epochs}
    )


def _columns(columns: Mapping[str, Any]) -> list[Any]:
    return list(columns.values())
