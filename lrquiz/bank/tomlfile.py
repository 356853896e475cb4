"""Read a TOML file against a schema and report all of its faults at once, each with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from lrquiz.errors import LrquizError

T = TypeVar("T", bound=BaseModel)
Location = tuple[str | int, ...]

_DECLARED_KEYS = ("correct", "key", "answer", "is_correct", "answers", "solution_id")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a file."""

    location: Location
    """keys and list positions from the top of the file, as pydantic gives them"""
    message: str


class FileText:
    """The text of one TOML file, able to say on which line a location stands."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self._lines = text.split("\n")  # as TOML counts lines; splitlines() knows more ends

    def describe(self, fault: Fault) -> str:
        """Return `path:line: [table] message`."""
        line = self.line_of(fault.location)
        place = _named(fault.location)
        return f"{self.path}:{line}: {place + ': ' if place else ''}{fault.message}"

    def line_of(self, location: Location) -> int:
        """Return the line of the deepest part of `location` that the text shows, 1-based."""
        found = 0
        for index, part in enumerate(location):
            if isinstance(part, int):
                continue
            after = location[index + 1] if index + 1 < len(location) else None
            found = self._next(part, after if isinstance(after, int) else 0, found)
        return found + 1

    def _next(self, key: str, position: int, start: int) -> int:
        name = re.escape(key)
        header = re.compile(rf"\s*\[+\s*{name}\s*\]|\s*\[+[\w.]*\b{name}\]")
        assigned = re.compile(rf'\s*(?:[\w]+\.)*"?{name}"?\s*[.=]|.*[{{,]\s*{name}\s*=')
        headers = [i for i in range(start, len(self._lines)) if header.match(self._lines[i])]
        if position < len(headers):
            return headers[position]
        for i in range(start, len(self._lines)):
            if assigned.match(self._lines[i]):
                return i
        return start


def read(path: Path, error: type[LrquizError]) -> tuple[dict[str, Any], FileText]:
    """Return the file's TOML values and its text.

    Raises:
        LrquizError: of the given type: it cannot be read, is not UTF-8 or not TOML.
    """
    try:
        text = path.read_bytes().decode("utf-8")
        data = tomllib.loads(text)
    except OSError as fault:
        raise error(f"{path}: cannot be read: {(fault.strerror or str(fault)).lower()}") from fault
    except UnicodeDecodeError as fault:
        raise error(f"{path}: not UTF-8 at byte {fault.start}; save the file as UTF-8") from fault
    except (ValueError, RecursionError) as fault:  # TOMLDecodeError is one; so are endless digits
        raise error(f"{path}: not valid TOML: {fault}") from fault
    if _beyond_64_bits(data):
        raise error(f"{path}: a whole number is too large; write one of at most 64 bits")
    return data, FileText(path, text)


def _beyond_64_bits(value: object) -> bool:
    """Whether a number is wider than TOML promises: no float can hold it, and repr may refuse."""
    if isinstance(value, dict):
        return any(map(_beyond_64_bits, value.values()))
    if isinstance(value, list):
        return any(map(_beyond_64_bits, value))
    return isinstance(value, int) and not -(2**63) <= value < 2**63


def parse(model: type[T], data: object) -> tuple[T | None, list[Fault]]:
    """Return the validated model, or None and every fault."""
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        return None, [_fault(model, each) for each in error.errors()]


def refuse(text: FileText, faults: Iterable[Fault], error: type[LrquizError]) -> None:
    """Raise `error` with every fault on a line of its own, if there is any."""
    lines = sorted({(text.line_of(each.location), text.describe(each)) for each in faults})
    if lines:
        raise error("\n".join(line for _, line in lines))


def _fault(model: type[BaseModel], error: Any) -> Fault:  # noqa: ANN401 - pydantic's ErrorDetails
    location: Location = tuple(error["loc"])
    if error["type"] == "extra_forbidden":
        return Fault(location, _unknown(model, location))
    if error["type"] == "missing":
        return Fault(location[:-1], f"{_missing(location)}")
    if error["type"] == "too_short" and location == ("premise",):
        return Fault(location, _NO_PREMISE)
    return Fault(location, f"{error['msg'].lower()}; found {error['input']!r:.80}")


_NO_PREMISE = (
    "an item needs at least one [[premise]], or a false stem would make every key wrong; write what"
    '\n  the stem takes for granted:  says = "..."  claim = { predicate = ..., arm = ... }'
)


def _missing(location: Location) -> str:
    match location[-1]:
        case "premise":
            return _NO_PREMISE
        case "claim":
            return "claim is missing; write  claim = { predicate = ..., arm = ... }"
        case name:
            return f"{name} is missing; write  {name} = ..."


def _unknown(model: type[BaseModel], location: Location) -> str:
    name = location[-1]
    if name in _DECLARED_KEYS:
        return f"unknown key {name!r}: no key is ever declared; each option's claim decides it"
    return f"unknown key {name!r}; known here: {', '.join(_known(model, location[:-1]))}"


def _known(model: type[BaseModel], location: Location) -> list[str]:
    here: Any = model
    for part in location:
        if isinstance(part, str) and isinstance(here, type) and issubclass(here, BaseModel):
            here = _inner(here.model_fields[part].annotation)
    return list(here.model_fields) if hasattr(here, "model_fields") else []


def _inner(annotation: Any) -> Any:  # noqa: ANN401 - a type annotation has no type
    """Return the model inside `list[Annotated[Model, ...]]` and the like."""
    while getattr(annotation, "__args__", None):
        annotation = annotation.__args__[0]
    return annotation


def _named(location: Location) -> str:
    """Return a location as an author writes it: `[[option]] 2 > claim`."""
    parts: list[str] = []
    for part in location:
        if isinstance(part, int):
            parts[-1] = f"[[{parts[-1]}]] {part + 1}"
        else:
            parts.append(part)
    return " > ".join(parts)
