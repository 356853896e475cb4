"""The catalogue entry of a recipe in a file of its own, read from its text.

Nothing of the file is executed here: what it declares are literals, found by `ast`. So lint, lists
and locks need neither torch nor trust. How to write such a file: `lrquiz.experiments.recipes`.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lrquiz.bank.blanks import BLANK
from lrquiz.bank.local_arm import read_arm
from lrquiz.bank.loops import loop_of
from lrquiz.bank.recipe import RecipeInfo
from lrquiz.bank.settings import TRAINED
from lrquiz.errors import LocalCodeError
from lrquiz.model.item import LocalCode
from lrquiz.resources.local_code import Source, read_regular, read_source

PARTS = ("make_split", "make_model", "row_losses", "are_correct")
"""what a recipe declares to be trained by the reference loop and by the batched engine"""

_RECORDABLE = re.compile(r"(epoch|step)\.[a-z_]+|events")
_DRAWN = {"epoch.loss", "epoch.lr"}
_KINDS = {"RECORDS": (set, tuple, list), "READS": (tuple, list), "FACTS": (tuple, list)}


def pinned(path: Path) -> LocalCode:
    """Return the recipe in a file, pinned to what it and the files it reads contain now.

    Raises:
        LocalCodeError: the file cannot be read, or is not a recipe.
    """
    source = read_source(path)
    try:
        _info(source)
        return LocalCode(str(path), _digest(source))
    except RecursionError as error:
        raise source.fault(None, "its declarations are nested too deeply") from error


@functools.cache
def read_info(code: LocalCode) -> RecipeInfo:
    """Return the catalogue entry of a recipe in a file of its own.

    Raises:
        LocalCodeError: the file changed since it was pinned.
    """
    return _info(unchanged(code))


def unchanged(code: LocalCode) -> Source:
    """Return the file of a recipe if it is still what was pinned.

    Raises:
        LocalCodeError: it is not, so that numbers of the one would be kept as those of the other.
    """
    source = read_source(Path(code.path))
    if _digest(source) != code.digest:
        raise LocalCodeError(f"{code.path}: it was changed while it was in use; run again")
    return source


def _digest(source: Source) -> str:
    """Return the digest of the file and of those that it declares to read."""
    contents = hashlib.sha256(source.content)
    for name in _reads(source):
        try:
            content = read_regular(source.path.parent / name)
        except LocalCodeError as error:
            raise LocalCodeError(f"{source.path}: READS {name!r}: {error}") from error
        contents.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return contents.hexdigest()


def _info(source: Source) -> RecipeInfo:
    names = set(_names(source.tree))
    parts = [part for part in PARTS if part in names]
    if not parts and "run" not in names:
        message = f"there is neither run(arm, seed, epochs) nor {', '.join(PARTS)}"
        raise source.fault(None, message)
    if parts and "run" in names:
        raise source.fault(None, f"there are both run and {parts[0]}; declare one or the other")
    if parts and len(parts) < len(PARTS):
        missing = ", ".join(part for part in PARTS if part not in parts)
        raise source.fault(None, f"there is {parts[0]}, but no {missing}")
    info = RecipeInfo(
        name=source.path.name,
        summary=(ast.get_docstring(source.tree) or "").partition("\n")[0],
        fields=read_arm(source, needs_training=bool(parts)),
        records=_records(source, is_trained=bool(parts)),
        deterministic=_flag(source, "DETERMINISTIC", default=False),
        facts=tuple(_listed(source, "FACTS", int | float)),
        reads=tuple(_reads(source)),
        batched=bool(parts) and _flag(source, "BATCHED", default=True),
        code=_code(source),
    )
    for name, field in info.fields.items():
        for fault in info.faults({name: field.default} if field.default is not None else {}):
            raise source.fault(None, f"Arm: {fault}")
    return info


def _records(source: Source, *, is_trained: bool) -> frozenset[str]:
    node, _ = _literal(source, "RECORDS")
    if is_trained:
        if node is not None:
            raise source.fault(node, "RECORDS is for run; parts record what the loop records")
        return TRAINED
    records = frozenset(_listed(source, "RECORDS", str))
    for each in sorted(records):
        if not _RECORDABLE.fullmatch(each):
            raise source.fault(node, f"RECORDS: {each!r} is no epoch.NAME, step.NAME or events")
    if not records & _DRAWN:
        message = 'RECORDS must hold what is drawn: write RECORDS = {"epoch.loss"} or {"epoch.lr"}'
        raise source.fault(node, message)
    return records


def _reads(source: Source) -> list[str]:
    return sorted(_listed(source, "READS", str))


def _listed(source: Source, name: str, kind: Any) -> list[Any]:  # noqa: ANN401 - a type or a union
    node, values = _literal(source, name)
    if node is None:
        return []
    fits = isinstance(values, _KINDS[name]) and all(
        isinstance(each, kind) and not isinstance(each, bool) for each in values
    )
    if not fits:
        example = {"RECORDS": '{"epoch.loss"}', "READS": '("rows.csv",)', "FACTS": "(800, 10)"}
        raise source.fault(node, f"{name} is not as in {name} = {example[name]}")
    return list(values)


def _flag(source: Source, name: str, *, default: bool) -> bool:
    node, value = _literal(source, name)
    if node is None:
        return default
    if not isinstance(value, bool):
        raise source.fault(node, f"{name} is not True or False")
    return value


def _code(source: Source) -> str:
    """Return the code that items show: with a blank, or with marked lines; empty without any."""
    node, code = _literal(source, "CODE")
    if node is None:
        return ""
    message = (
        f"CODE is not a text with one blank, {BLANK}, or with lines marked by #: and their ids"
    )
    if not isinstance(code, str):
        raise source.fault(node, message)
    shown = code.strip("\n") + "\n"
    try:
        loop = loop_of(shown)
    except ValueError as error:
        raise source.fault(node, f"CODE has lines that cannot be put in order: {error}") from error
    if loop is None and code.count(BLANK) != 1:
        raise source.fault(node, message)
    return shown


def _literal(source: Source, name: str) -> tuple[ast.AST | None, Any]:
    """Return where the file assigns `name`, and the literal that it assigns."""
    found = [node for node in source.tree.body if name in _targets(node)]
    if not found:
        return None, None
    if len(found) > 1:
        raise source.fault(found[1], f"{name} is assigned twice")
    (node,) = found
    try:
        return node, ast.literal_eval(getattr(node, "value", None) or ast.Constant(...))
    except (ValueError, TypeError, RecursionError, MemoryError) as error:
        message = f"{name} is no literal; it is read without executing the file"
        raise source.fault(node, message) from error


def _names(tree: ast.Module) -> Iterator[str]:
    """Yield what a module defines, imports or assigns at its top level."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.ImportFrom | ast.Import):
            yield from (alias.asname or alias.name for alias in node.names)
        yield from _targets(node)


def _targets(node: ast.stmt) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.AnnAssign):
        targets = [node.target]
    return [each.id for each in targets if isinstance(each, ast.Name)]
