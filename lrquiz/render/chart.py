"""What a chart shows, as plain data: its lines, and the same numbers as a table."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from lrquiz.evidence.scale import Line, Scale, drawn
from lrquiz.resources.texts import said

_ROWS = 40
"""of a table; of longer lines, every so manieth place is told"""


@dataclass(frozen=True, slots=True)
class Series:
    """One labelled colour of a chart: one or more lines, `None` where there is nothing to draw."""

    label: str
    """empty for a line that nothing may name"""
    lines: tuple[tuple[float | None, ...], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One place along the axis, and what each series has there."""

    place: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers of a chart."""

    labels: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of values by epoch."""

    id: str
    """unique on its page"""
    title: str
    """what it shows, in words: the text alternative"""
    y_label: str
    series: tuple[Series, ...]
    first_epoch: int = 1
    """where counting starts, so that a chart counts as the text beside it does"""
    steps: bool = False
    """draw values as constant over each epoch, as rates are"""
    unit: str = said("epoch")
    """what is counted along the axis"""
    stride: int = 1
    """how many of them lie between two values"""
    scale: Scale | None = None
    """axes that it shares with charts beside it; its own where it is None"""

    @property
    def has_points(self) -> bool:
        """Whether there is anything to draw: shared axes are drawn in any case."""
        return self.scale is not None or any(
            points(line) for each in self.series for line in each.lines
        )

    @property
    def table(self) -> Table:
        """The numbers that are drawn, at most forty places of them."""
        longest = max((len(line) for each in self.series for line in each.lines), default=0)
        every = max(1, math.ceil(longest / _ROWS))
        rows = (
            Row(
                self.first_epoch + place * self.stride,
                tuple(_cell(each, place) for each in self.series),
            )
            for place in range(0, longest, every)
        )
        return Table(
            tuple(each.label or self.y_label for each in self.series),
            tuple(rows),
            _note(self, every),
        )


def points(line: Line, first: int = 1, stride: int = 1) -> list[tuple[int, float]]:
    """Return (epoch, value) for what can be drawn, epochs counted from `first`."""
    return [
        (first + place * stride, value)
        for place, value in enumerate(map(drawn, line))
        if value is not None
    ]


def _cell(series: Series, place: int) -> str:
    """Return what a series has at a place: a number, or from which to which its lines range."""
    found = sorted(_finite(series, place))
    if not found:
        return said("no number") if any(place < len(line) for line in series.lines) else ""
    low, high = f"{found[0]:.4g}", f"{found[-1]:.4g}"
    return low if low == high else said("%(low)s to %(high)s", low=low, high=high)


def _finite(series: Series, place: int) -> Iterator[float]:
    for line in series.lines:
        value = line[place] if place < len(line) else None
        if value is not None and math.isfinite(value):
            yield value


def _note(chart: Chart, every: int) -> str:
    several = any(len(each.lines) > 1 for each in chart.series)
    if several:
        return said("Where several runs are drawn alike, the lowest and the highest are told.")
    return said("Every %(every)s. place is told.", every=every) if every > 1 else ""
