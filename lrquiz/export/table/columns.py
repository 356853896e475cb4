"""Which column of an exported table takes marks, and what a full mark is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lrquiz.errors import ExportError
from lrquiz.export.table.layout import Layout, Platform
from lrquiz.model.course import folded

_NUMBERED = re.compile(r"(?P<title>.*) \((?P<number>\d+)\)", re.DOTALL)
_READ_ONLY = "(read only)"


@dataclass(frozen=True, slots=True)
class Column:
    """The column that takes marks."""

    place: int
    title: str
    maximum: float | None
    """what a full mark is; None where the table does not say"""
    comma: bool = False
    """whether the table writes decimals with a comma"""


def column_of(layout: Layout, chosen: str | None, work: str, name: str) -> Column:
    """Return the column that takes marks.

    Args:
        layout: of the table.
        chosen: heading of the column, on Canvas with or without its number, or the number alone;
            None for the only one that it can be.
        work: id or title of what was graded; a column of that title is taken before others.
        name: of the file, for errors.

    Raises:
        ExportError: there is no such column, several could be meant, or it is read only.
    """
    fitting = _named(layout, chosen) if chosen is not None else _candidates(layout, work)
    if len(fitting) != 1:
        raise ExportError(_undecided(layout, fitting, chosen, name))
    (place,) = fitting
    title = layout.titles[place]
    limit = layout.limits.text(place) if layout.limits is not None else ""
    if folded(limit) == _READ_ONLY:
        message = f"{name}: the column {title!r} is read only on Canvas; name an assignment's"
        raise ExportError(message)
    return _with_maximum(layout, place, limit)


def _named(layout: Layout, chosen: str) -> list[int]:
    wanted = folded(chosen)
    exact = [n for n, title in enumerate(layout.titles) if folded(title) == wanted]
    return exact or [
        n
        for n, title in enumerate(layout.titles)
        if (match := _NUMBERED.fullmatch(title))
        and wanted in {folded(match["title"]), match["number"]}
    ]


def _candidates(layout: Layout, work: str) -> list[int]:
    if layout.platform is Platform.MOODLE and (grade := layout.place("grade")) is not None:
        return [grade]
    numbered = [n for n, title in enumerate(layout.titles) if _NUMBERED.fullmatch(title)]
    open_ones = [n for n in numbered if not _is_read_only(layout, n)]
    called = [n for n in _named(layout, work) if n in open_ones]
    return called or open_ones


def _is_read_only(layout: Layout, place: int) -> bool:
    return layout.limits is not None and folded(layout.limits.text(place)) == _READ_ONLY


def _undecided(layout: Layout, fitting: Sequence[int], chosen: str | None, name: str) -> str:
    numbers = fitting or range(len(layout.titles))
    listed = ", ".join(repr(layout.titles[n]) for n in numbers)
    if chosen is not None:
        many = "several columns are" if fitting else "no column is"
        return f"{name}: {many} called {chosen!r}; give --column one of: {listed}"
    return f"{name}: it is not certain which column takes the marks; give --column one of: {listed}"


def _with_maximum(layout: Layout, place: int, limit: str) -> Column:
    texts = {limit} if layout.limits is not None else set()
    if layout.maximum_place is not None:
        texts = {row.text(layout.maximum_place) for row in layout.students}
    texts.discard("")
    values = {_number(each) for each in texts}
    maximum = values.pop() if len(values) == 1 else None
    return Column(
        place,
        layout.titles[place],
        maximum,
        comma=any(each.rfind(",") > each.rfind(".") for each in texts),
    )


def _number(text: str) -> float | None:
    """Return a number as a platform writes it, in the words of any language's decimals."""
    tail = text.replace(",", ".")
    head, _, decimals = tail.rpartition(".")
    try:
        return float(f"{head.replace('.', '')}.{decimals}" if head else tail)
    except ValueError:
        return None
