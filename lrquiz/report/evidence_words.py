"""Why a response gives what it gives, as a text that pages can translate.

A record holds these sentences in English, as `lrquiz.grade.responses.judging` and `scoring` write
them; what else a record holds stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from lrquiz.resources.texts import said

_SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        str(each): each
        for each in (
            said("any response is accepted"),
            said("accepted"),
            said("is not a number such as 1.5 or 15e-1"),
            said("not within the tolerance of what was measured"),
            said("not right, as runs showed"),
            said("has not been run; waits for a person"),
            said("trained as a right response does"),
            said("did not train as a right one"),
            said("does not name every line once"),
        )
    }
)
_COUNTED = re.compile(r"(?P<found>\d+) chosen that hold, (?P<wrong>\d+) that do not")


def evidence_words(evidence: str) -> str:
    """Return the evidence of a record as the same text, to be translated where it is ours."""
    counted = _COUNTED.fullmatch(evidence)
    if counted:
        return said("%(found)s chosen that hold, %(wrong)s that do not", **counted.groupdict())
    return _SENTENCES.get(evidence, evidence)
