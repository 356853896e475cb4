"""Codes that stand for students where staff shall not see names.

A code is six letters, `KDF-RTW`: no vowels, so that it spells nothing and is no month to a
spreadsheet, and no letter that looks like another. It follows from the course's secret, so it is
the same in every file and page of the course, and says nothing to who does not hold the secret.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Mapping

from lrquiz.model.course import folded

_LETTERS = "BCDFGHJKMNPRTWXY"
"""sixteen, one for each half of a byte"""
_SHORT, _LONG, _GROUP = 6, 64, 3


def code_of(secret: bytes, student: str, length: int = _SHORT) -> str:
    """Return the code of a student; however the id is spelled, it is the same.

    Args:
        secret: of the course.
        student: the id.
        length: number of letters, at most 64; a shorter code begins a longer one.
    """
    message = b"anonymous\0" + folded(student).encode()
    digits = hmac.new(secret, message, hashlib.sha256).hexdigest()[:length]
    letters = "".join(_LETTERS[int(digit, 16)] for digit in digits)
    return "-".join(letters[i : i + _GROUP] for i in range(0, len(letters), _GROUP))


def codes_of(secret: bytes, students: Iterable[str]) -> dict[str, str]:
    """Return the code of every student of a class, by id; no two students share one.

    Students whose codes are the same get longer ones, all of them, whatever their order. So give it
    the whole class, for the same code in every list.
    """
    everyone = sorted(set(students))
    people = {folded(each): each for each in everyone}
    length = dict.fromkeys(people, _SHORT)
    while True:
        codes = {name: code_of(secret, name, length[name]) for name in people}
        twins = Counter(codes.values())
        shared = [name for name, code in codes.items() if twins[code] > 1 and length[name] < _LONG]
        if not shared:
            return {each: codes[folded(each)] for each in everyone}
        length.update({name: length[name] + _GROUP for name in shared})


def decoded(code: str, codes: Mapping[str, str]) -> str | None:
    """Return the student of a code, in whatever case and with or without its hyphens.

    Args:
        code: as somebody wrote it.
        codes: of the class, as `codes_of` gives them.

    Returns:
        The id, or None where it is nobody's.
    """
    wanted = _letters(code)
    return next((each for each, known in codes.items() if _letters(known) == wanted), None)


def _letters(code: str) -> str:
    return "".join(folded(code).split()).replace("-", "")
