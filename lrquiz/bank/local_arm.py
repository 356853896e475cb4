"""The settings of a recipe in a file of its own: its class `Arm`, read without executing it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from lrquiz.bank.recipe import Field
from lrquiz.bank.settings import SCHEDULE, TRAINING
from lrquiz.resources.local_code import Source

_BASES: Mapping[str, tuple[str, Mapping[str, Field]]] = {
    "Training": ("lrquiz.experiments.recipes.training", TRAINING),
    "Schedule": ("lrquiz.experiments.recipes.schedules", SCHEDULE),
}
_TYPES: Mapping[str, Any] = {
    "int": int,
    "float": int | float,
    "str": str,
    "float | None": int | float | None,
    "tuple[str, ...]": tuple,
}
"""annotations of settings, and the values that each takes"""
_WRITE = "write  name: type = literal  with a type of int, float, str, float | None, Literal[...]"


def read_arm(source: Source, *, needs_training: bool) -> dict[str, Field]:
    """Return the settings that `Arm` declares, those of its base included.

    Raises:
        LocalCodeError: there is no such class, or a part of it cannot be read.
    """
    arms = [each for each in source.tree.body if _is_class(each, "Arm")]
    if not arms:
        message = "there is no class Arm; declare the settings as a frozen dataclass of that name"
        raise source.fault(None, message)
    arm = arms[-1]
    assert isinstance(arm, ast.ClassDef), "it was chosen as one"
    if not any("dataclass" in ast.unparse(each) for each in arm.decorator_list):
        raise source.fault(arm, "Arm is no dataclass; write @dataclass(frozen=True) above it")
    fields = _inherited(source, arm, needs_training=needs_training)
    for node, after in zip(arm.body, [*arm.body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign):
            fields |= _field(source, node, after, fields)
    if not fields:
        raise source.fault(arm, f"Arm has no setting, so there is nothing to compare; {_WRITE}")
    return fields


def _is_class(node: ast.stmt, name: str) -> bool:
    return isinstance(node, ast.ClassDef) and node.name == name


def _inherited(source: Source, arm: ast.ClassDef, *, needs_training: bool) -> dict[str, Field]:
    bases = [ast.unparse(base) for base in arm.bases]
    if needs_training and bases != ["Training"]:
        message = "the loop that trains the parts needs class Arm(Training)"
        raise source.fault(arm, message)
    if not bases:
        return {}
    if len(bases) > 1 or bases[0] not in _BASES:
        raise source.fault(arm, "Arm may derive from Training or Schedule, and from nothing else")
    module, fields = _BASES[bases[0]]
    if not any(_imports(node, module, bases[0]) for node in source.tree.body):
        raise source.fault(
            arm, f"{bases[0]} is not imported; write from {module} import {bases[0]}"
        )
    return dict(fields)


def _imports(node: ast.stmt, module: str, name: str) -> bool:
    if not isinstance(node, ast.ImportFrom) or node.module != module:
        return False
    return any(alias.name == name and alias.asname is None for alias in node.names)


def _field(
    source: Source, node: ast.AnnAssign, after: ast.stmt | None, known: Mapping[str, Field]
) -> dict[str, Field]:
    name = ast.unparse(node.target)
    default = _default(source, node, name)
    meaning = _text(after) or name.replace("_", " ")
    choices = _choices(node.annotation)
    kind = "str" if choices else ast.unparse(node.annotation)
    if kind not in _TYPES:
        raise source.fault(node, f"{name} is of type {kind}; {_WRITE}")
    if isinstance(default, bool) or not isinstance(default, _TYPES[kind]):
        raise source.fault(node, f"{name} = {default!r} is not of its type {kind}")
    if isinstance(default, tuple) and not all(isinstance(each, str) for each in default):
        raise source.fault(node, f"{name} = {default!r} is not a tuple of texts")
    if choices and default not in choices:
        raise source.fault(node, f"{name} = {default!r} is not one of {', '.join(choices)}")
    if isinstance(default, int) and "float" in kind:
        default = float(default)
    if name in known:  # a default of its own, the rest as the loop takes it
        return {name: replace(known[name], default=default)}
    return {name: Field(default, meaning, choices, is_rate=_names_a_rate(name, default))}


def _names_a_rate(name: str, default: object) -> bool:
    number = default is None or isinstance(default, float)
    return number and re.fullmatch(r"lr(_.*)?|learning_rate", name) is not None


def _default(source: Source, node: ast.AnnAssign, name: str) -> Any:  # noqa: ANN401 - any literal
    if node.value is None:
        raise source.fault(node, f"{name} has no default; {_WRITE}")
    try:
        return ast.literal_eval(node.value)
    except (ValueError, TypeError, RecursionError, MemoryError) as error:
        message = f"the default of {name} is no literal; it is read without executing the file"
        raise source.fault(node, message) from error


def _choices(annotation: ast.expr) -> tuple[str, ...]:
    """Return the texts of `Literal["a", "b"]`; none for another annotation."""
    text = ast.unparse(annotation)
    if not text.startswith("Literal["):
        return ()
    try:
        values = ast.literal_eval(text.removeprefix("Literal[").removesuffix("]") + ",")
    except ValueError:
        return ()
    return tuple(values) if all(isinstance(each, str) for each in values) else ()


def _text(node: ast.stmt | None) -> str:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return inspect.cleandoc(node.value.value) if isinstance(node.value.value, str) else ""
    return ""
