"""Take out of an SVG of matplotlib what nobody sees, so that a page can hold many charts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

COMMON = 'fill="currentColor" font-size="10"'
"""what most text of a chart looks like, said once: by whoever opens the element"""
_SAID = ("font-size: 10px", "fill: currentColor")
"""the same, as matplotlib says it each time"""
_MARK = ' style="fill: currentColor; stroke: currentColor; stroke-width: 0.8"'
"""what each mark of an axis has again, after the shape that it uses"""
_UNSEEN = re.compile(r'<!--.*?-->|<path d="[^"]*" style="fill: none"/>', re.DOTALL)
_UNUSED = re.compile(r' xmlns:xlink="[^"]*"| version="[^"]*"| transform="rotate\(-?0 [^"]*"')
_TAG = re.compile(r"<\w[^>]*>")
_STYLE = re.compile(r' style="([^"]*)"')
_ID = re.compile(r' id="([^"]+)"')
_USED = re.compile(r'(?:href="|url\()#([^")]+)')
_PATH = re.compile(r'(?<= d=")[^"]*')
_PLACE = re.compile(r'( (?:x|y)="|="(?:rotate|translate)\()([^"]*)')
_NUMBER = re.compile(r"-?\d+\.\d+")
_BARE = re.compile(r"<g>((?:<(?:text|use|path)\b(?:[^<]*/>|[^<]*</text>))*)</g>")


def slim(svg: str, prefix: str) -> str:
    """Return an SVG that looks the same in fewer bytes.

    Whatever nothing refers to loses its id, text takes the font of its page, lines go on from where
    they are, by tenths of a unit, and neither shapes that show nothing nor spaces between tags are
    kept.

    Args:
        svg: as matplotlib writes it.
        prefix: what ids begin with, so that two charts can share a page.
    """
    text = _UNSEEN.sub("", re.sub(r">\s+<", "><", svg))
    text = _TAG.sub(lambda found: _tag(found[0]), text)
    used = (name for tag in _TAG.findall(text) for name in _USED.findall(tag))
    names = {name: f"{prefix}-{number}" for number, name in enumerate(dict.fromkeys(used))}
    text = _TAG.sub(lambda found: _named(found[0], names), text)
    return _without_bare_groups(text)


def _tag(tag: str) -> str:
    """Return one tag in fewer letters; what stands between tags is text, and never touched."""
    text = _UNUSED.sub("", tag.replace("xlink:href", "href"))
    text = text.replace(_MARK, "") if text.startswith("<use") else text
    text = _STYLE.sub(lambda found: _styled(found[1]), text)
    text = _PATH.sub(lambda found: "".join(_relative(found[0])), text)
    return _PLACE.sub(lambda found: found[1] + _NUMBER.sub(_rounded, found[2]), text)


def _named(tag: str, names: Mapping[str, str]) -> str:
    """Return a tag with the short names of ids, and without an id that nothing refers to."""
    text = _USED.sub(lambda found: found[0].replace(found[1], names[found[1]]), tag)
    return _ID.sub(lambda found: f' id="{names[found[1]]}"' if found[1] in names else "", text)


def _styled(style: str) -> str:
    parts = (each.strip() for each in style.split(";"))
    kept = [e for e in parts if e and e not in _SAID and not e.startswith("font-family")]
    return f' style="{";".join(kept)}"' if kept else ""


def _without_bare_groups(text: str) -> str:
    """Return it without groups that say nothing of what is in them."""
    found = _BARE.sub(r"\1", text)
    return found if found == text else _without_bare_groups(found)


def _rounded(found: re.Match[str]) -> str:
    return f"{float(found[0]):.1f}".removesuffix(".0")


def _relative(path: str) -> Iterator[str]:
    """Yield the steps of a line, each from where the last one ended; other paths as they are.

    Steps are counted in whole tenths, so that rounding does not add up along a line.
    """
    steps = re.findall(r"([A-Za-z])([^A-Za-z]*)", path)
    if not all(kind in "MLz" for kind, _ in steps):
        yield re.sub(r"\s*([A-Za-z])\s*", r"\1", _NUMBER.sub(_rounded, path)).strip()
        return
    at = (0, 0)
    for kind, numbers in steps:
        if kind == "z":
            yield kind
            continue
        x, y = (round(float(each) * 10) for each in numbers.split())
        shown = (x, y) if kind == "M" else (x - at[0], y - at[1])
        if kind == "M" or shown != (0, 0):
            yield f"{kind if kind == 'M' else 'l'}{_tenths(shown[0])}{_next(_tenths(shown[1]))}"
        at = (x, y)


def _tenths(number: int) -> str:
    return f"{number / 10:.1f}".removesuffix(".0")


def _next(number: str) -> str:
    """Return a number that follows another: its own sign tells them apart."""
    return number if number.startswith("-") else f" {number}"
