"""Slim charts: fewer bytes, the same picture, and no letter of a text is touched."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from lrquiz.render.slim import slim

PLACES = st.lists(st.tuples(*[st.floats(-500, 500)] * 2), min_size=2, max_size=40)


def svg(inside: str) -> str:
    return f'<svg viewBox="0 0 460 230">\n <g id="axes_1">\n  {inside}\n </g>\n</svg>'


def walked(path: str) -> list[tuple[float, float]]:
    """Return the places that a line of relative steps comes to."""
    x = y = 0.0
    found = []
    for kind, numbers in re.findall(r"([Ml])([^Ml]*)", path):
        right, down = (float(each) for each in re.findall(r"-?\d+(?:\.\d+)?", numbers))
        x, y = (right, down) if kind == "M" else (x + right, y + down)
        found.append((x, y))
    return found


@given(PLACES)
def test_no_place_of_a_line_moves_by_more_than_half_a_tenth(
    places: list[tuple[float, float]],
) -> None:
    """Rounding does not add up, however long the line; only steps that lead nowhere are gone."""
    steps = "\n".join(f"{'L' if at else 'M'} {x:f} {y:f} " for at, (x, y) in enumerate(places))
    made = slim(svg(f'<path d="{steps}" style="stroke: red"/>'), "c")
    found = walked(re.findall(r' d="([^"]*)"', made)[0])
    for x, y in places:
        assert any(abs(x - a) < 0.0501 and abs(y - b) < 0.0501 for a, b in found)
    assert len(found) <= len(places)


@given(st.text("abc <>&\"'=.;:0123456789x", max_size=40))
def test_texts_stay_to_the_letter(text: str) -> None:
    """Labels may look like anything, coordinates and styles included."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    label = f'a x="1.23456" style="font-size: 10px" {escaped} z'
    made = slim(svg(f'<text style="fill: currentColor" x="1.23456">{label}</text>'), "c")
    assert f'<text x="1.2">{label}</text>' in made


def test_ids_are_short_and_still_meet() -> None:
    """What is referred to keeps an id under the chart's prefix; no other id is left."""
    mark = '<defs><path id="m177" d="M 0 0 \nL 0 3.5 \n" style="stroke: red"/></defs>'
    made = slim(svg(f'{mark}<use xlink:href="#m177" x="1" y="2"/>'), "chart-3")
    assert re.findall(r' id="([^"]*)"', made) == ["chart-3-0"]
    assert 'href="#chart-3-0"' in made
