"""Factors in words: "ten times", "half", "a thousand times", "a tenth"."""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNITS = "one two three four five six seven eight nine ten".split()  # noqa: SIM905 - reads better
_NUMBERS = {word: float(number) for number, word in enumerate(_UNITS, 1)}
_NUMBERS |= {"a": 1.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0}
_POWERS = {"hundred": 100.0, "thousand": 1000.0, "million": 1e6}
_PARTS = {
    "half": 2.0,
    "halve": 2.0,
    "halved": 2.0,
    "halving": 2.0,
    "double": 2.0,
    "doubled": 2.0,
    "doubling": 2.0,
    "twice": 2.0,
    "third": 3.0,
    "quarter": 4.0,
    "fifth": 5.0,
    "tenth": 10.0,
    "hundredth": 100.0,
    "thousandth": 1000.0,
}
_TIMES = re.compile(
    rf"\b(?P<number>\d+(?:\.\d+)?|{'|'.join(_NUMBERS)})?(?:[ -]?\b(?P<power>{'|'.join(_POWERS)}))?"
    r"[ -](?:times|fold)\b",
    re.IGNORECASE,
)
_PART = re.compile(
    r"\b(?P<part>half|halved?|halving|doubl(?:ed?|ing)|twice(?= (?:as|the)\b))\b"
    r"|\b(?:a|one)[ -](?P<fraction>third|quarter|fifth|tenth|hundredth|thousandth)\b",
    re.IGNORECASE,
)


def factors_in(text: str) -> Iterator[tuple[str, float]]:
    """Yield each factor that a text says, as its words and a number above 1; a tenth is ten."""
    for match in _TIMES.finditer(text):
        number, power = match["number"], match["power"]
        if number or power:
            yield match[0], _number(number or "a") * _POWERS.get((power or "").lower(), 1.0)
    for match in _PART.finditer(text):
        yield match[0], _PARTS[(match["part"] or match["fraction"]).lower()]


def _number(word: str) -> float:
    return _NUMBERS[word.lower()] if word.lower() in _NUMBERS else float(word)
