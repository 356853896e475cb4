"""What a written response says, however it is spelled: as practice pages read it, in the browser.

`practice_kinds.js` has the same two rules, `read` and `spelled`; a test holds both together.
"""

from __future__ import annotations

import re

# What JavaScript takes for a space: the practice page and grading must not disagree on one.
_SPACE = "\t\n\v\f\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
_ENDS = re.compile(f"^[{_SPACE}]+|[{_SPACE}]+$")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?", re.IGNORECASE)
_FLOAT = re.compile(
    r"[+-]?(([0-9]+\.[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?|[0-9]+e[+-]?[0-9]+)", re.IGNORECASE
)
_STEPS = (
    (re.compile(f"[{_SPACE}]+"), " "),
    (re.compile(r"\( \)"), "()"),
    (re.compile(r"([A-Za-z0-9_)]) ?(\*\*|[*/]) ?(?=[A-Za-z0-9_(+.-])"), r"\1\2"),
    (re.compile(r"^'([^'\"\\]*)'\Z"), r'"\1"'),
)


def number_of(text: str) -> float | None:
    """Return the number that a text is, with a point or a comma; None where it is none.

    A minus may be the sign of typesetters, U+2212. What is larger than any float is infinite.
    """
    plain = _ENDS.sub("", text).replace("\N{MINUS SIGN}", "-").replace(",", ".", 1)
    return float(plain) if _NUMBER.fullmatch(plain) else None


def spelled(text: str) -> str:
    """Return what all spellings of one piece of code share.

    What Python reads alike is alike: spaces, quotes, and the same float in other digits. Spaces are
    dropped only where they part no signs, as in `* *`; a whole number is no float.
    """
    plain = _ENDS.sub("", text)
    for pattern, plainer in _STEPS:
        plain = pattern.sub(plainer, plain)
    return f"float {float(plain) + 0.0!r}" if _FLOAT.fullmatch(plain) else plain
