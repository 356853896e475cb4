"""Read a response file, JSON or a copied text, strictly: whoever wrote it may have meant harm."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from pydantic import TypeAdapter, ValidationError

from lrquiz.grade.intake.copied import WrongTextError, is_copied, uncopied
from lrquiz.model.paper import Responses

LONGEST_TEXT = 20_000
"""characters of one written response"""
_FIELDS = {"schema", "version", "quiz", "paper", "responses"}
_NEEDED = {"quiz", "paper", "responses"}
_RESPONSES = TypeAdapter(Responses)


class UnreadableResponsesError(Exception):
    """A file is no response file; the message says why, as the end of a sentence."""


def parsed(content: bytes) -> Responses:
    """Return a response file as it was written.

    Raises:
        UnreadableResponsesError: it is not UTF-8, not JSON, names a thing twice, or holds what no
            response file holds; or it is a copied text whose checksum does not fit.
    """
    values = _of_text(content) if is_copied(content) else _values(content)
    if not isinstance(values, dict) or not values.keys() <= _FIELDS:
        more = "" if not isinstance(values, dict) else _named(min(values.keys() - _FIELDS))
        raise UnreadableResponsesError(f"it holds {more or 'something'} that is no part of one")
    if missing := sorted(_NEEDED - values.keys()):
        raise UnreadableResponsesError(f"its {missing[0]} is missing")
    try:
        found = _RESPONSES.validate_python(values)
    except ValidationError as error:
        raise UnreadableResponsesError(_reason(error.errors()[0]["loc"])) from error
    if (found.schema, found.version) != ("lrquiz/responses", 1):
        raise UnreadableResponsesError("it is not of lrquiz/responses version 1")
    for item, given in found.responses.items():
        if max(map(len, (item, *([given] if isinstance(given, str) else given)))) > LONGEST_TEXT:
            message = f"the response to item {_named(item)} is longer than {LONGEST_TEXT} letters"
            raise UnreadableResponsesError(message)
    return found


def _of_text(content: bytes) -> Any:  # noqa: ANN401 - whatever was written
    """Return what a copied text says, as a file would."""
    try:
        parts = _values(uncopied(content))
    except WrongTextError as error:
        raise UnreadableResponsesError(str(error)) from error
    if not isinstance(parts, list) or len(parts) != len(_NEEDED):
        raise UnreadableResponsesError("it is a text to copy, but of no exam page")
    return dict(zip(("quiz", "paper", "responses"), parts, strict=True))


def _values(content: bytes) -> Any:  # noqa: ANN401 - whatever was written
    try:
        values = json.loads(
            content.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number
        )
        json.dumps(values, ensure_ascii=False).encode()  # no half of a surrogate pair is text
    except UnicodeError as error:
        raise UnreadableResponsesError("it is not UTF-8 text") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableResponsesError("it is not JSON, or was cut short") from error
    return values


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON; of two that share a name, nobody knows which was meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise UnreadableResponsesError(f"it holds {_named(twice)} twice")
    return found


def _no_number(_: str) -> NoReturn:
    raise ValueError("NaN and the infinite are not JSON")


def _reason(place: tuple[int | str, ...]) -> str:
    if len(place) > 1 and place[0] == "responses":
        named = _named(str(place[1]))
        return f"the response to item {named} is neither a text nor a list of options"
    return f"its {place[0] if place else 'content'} is of a wrong kind"


def _named(text: str) -> str:
    """Return a name from the file so that it can stand in a sentence: short, on one line."""
    return ascii(text[:40])
