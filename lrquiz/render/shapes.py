"""The shape of curves in words, for whoever does not see them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from lrquiz.evidence.scale import Line
from lrquiz.render.chart import Chart, points
from lrquiz.resources.texts import Said, joined, said

_SAME = 0.01
"""share of a curve's range within which two values are told as equal"""


def described(chart: Chart) -> Said:
    """Return what the lines of a chart look like, series by series."""
    return joined([_told(each.label, each.lines[0]) for each in chart.series if each.lines])


def _told(label: str, line: Line) -> Said:
    if not label:
        return shape(line)
    return said("%(label)s: %(shape)s", label=label, shape=shape(line))


def shape(line: Line) -> Said:
    """Return what one line looks like: where it begins and ends, its extremes, how it moves."""
    values = [value for _, value in points(line)]
    if not values:
        return said("nothing that can be drawn")
    parts = [_ends(values), *_extremes(values), *_moves(values)]
    if len(values) < len(line):
        parts.append(said("then no finite number"))
    return joined(parts, ", ")


def _ends(values: Sequence[float]) -> Said:
    first, last = f"{values[0]:.3g}", f"{values[-1]:.3g}"
    if first == last:
        return said("begins and ends at %(value)s", value=first)
    return said("begins at %(first)s, ends at %(last)s", first=first, last=last)


def _extremes(values: Sequence[float]) -> list[Said]:
    low, high = min(values), max(values)
    near = _SAME * (high - low)
    ends = (values[0], values[-1])
    found = []
    if min(ends) - low > near:
        found.append(said("lowest %(value)s", value=f"{low:.3g}"))
    if high - max(ends) > near:
        found.append(said("highest %(value)s", value=f"{high:.3g}"))
    return found


def _moves(values: Sequence[float]) -> list[Said]:
    """Return how many of the moves lead upwards, or that there are none."""
    moves = [after - before for before, after in pairwise(values)]
    if not any(moves):
        return [said("constant")] if moves else []
    rises = sum(each > 0 for each in moves)
    if not rises:
        return [said("never rising")]
    return [said("rising %(rises)s of %(moves)s times", rises=rises, moves=len(moves))]
