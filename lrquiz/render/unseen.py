"""Characters that a page cannot hold, or that would deceive its reader, made visible."""

from __future__ import annotations

import re

_BAD = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls, apart from tabs and ends of lines
    "\u202a-\u202e\u2066-\u2069\u206a-\u206f"  # these reorder all that follows
    "\u200b\u2028\u2029\u2060\ufeff"  # nothing shows, yet words and code are others
    "\U000e0000-\U000e007f"
    "\ud800-\udfff"  # halves of a pair: no file can hold them
    "\ufdd0-\ufdef\ufffe\uffff"  # no characters
    "]"
)


def marked(text: str) -> str:
    """Return `text` with its codes in the place of what nobody could see, as [U+202E].

    What joins letters or says which way a single one runs stays, since languages need it.
    """
    return _BAD.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
