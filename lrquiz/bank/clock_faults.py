"""Does a text fix how epochs are counted, as the clock of a claim demands?"""

from __future__ import annotations

import re
from collections.abc import Iterator

_COUNT = r"\b(?:count|number)\w*(?:[^\w.;:]+(?!from\b)\w+){{0,4}}[^\w.;:]+from {number}(?!\d|\.\d)"
_BASES = {
    "0-based": (
        _COUNT.format(number=r"(?:0|zero\b)") + r"|\b(?:0|zero)-based",
        "counting epochs from 0",
    ),
    "1-based": (
        _COUNT.format(number=r"(?:1|one\b)") + r"|\b(?:1|one)-based",
        "counting epochs from 1",
    ),
}
_MOMENTS = {
    "start of epoch": r"\b(?:start|beginning) of (?:the )?epoch {n}\b|\bbefore epoch {n}\b"
    r"|\bepoch {n} (?:starts|begins)",
    "end of epoch": r"\bend of (?:the )?epoch {n}\b|\bafter (?:the )?epoch {n}\b"
    r"|\bepoch {n} ends",
}
_NEGATED = re.compile(
    r"(?:\b(?:not|never|without)|n['\u2019]t|rather than)\W+(?:\w+\W+)?$", re.IGNORECASE
)


def clock_faults(clock: str, epoch: object, text: str) -> Iterator[str]:
    """Yield what keeps `text` from counting epochs by `clock` where it asks for `epoch`.

    A text must say the base and the moment of the asked epoch, and neither the opposite base nor
    the opposite moment of that epoch.
    """
    told = " ".join(text.split())
    base, moment = clock.split(", ")
    moments = {
        each: (pattern.format(n=re.escape(str(epoch))), f"at the {each} {epoch}")
        for each, pattern in _MOMENTS.items()
    }
    for wanted, ways in ((base, _BASES), (moment, moments)):
        said = {each: words for each, (pattern, words) in ways.items() if _says(pattern, told)}
        others = "".join(f'it says "{said[each]}"' for each in said if each != wanted)
        if wanted not in said:
            wrong = f'the stem does not say "{ways[wanted][1]}"'
            yield f"clock = {clock!r}, but {'; '.join(filter(None, [wrong, others]))}"
        elif others:
            yield f"clock = {clock!r}, and the stem says so, but {others} as well; say one of them"


def _says(pattern: str, text: str) -> bool:
    """Whether a text says a pattern somewhere without denying it."""
    found = re.finditer(pattern, text, re.IGNORECASE)
    return any(not _NEGATED.search(text[: match.start()]) for match in found)
