"""From a trace to its one root cause and what follows from it."""

from __future__ import annotations

from lrquiz.diagnosis.facts import Facts
from lrquiz.diagnosis.finding import Finding
from lrquiz.diagnosis.rules import RULES
from lrquiz.errors import NotRecordedError
from lrquiz.model.trace import Trace

MOST_FINDINGS = 3


def diagnose(trace: Trace) -> tuple[Finding, ...]:
    """Return the root cause that the trace proves, then what follows from it; or nothing.

    A trace that does not hold what a rule needs proves nothing to that rule. So does one that was
    altered by the code it recorded, which is why no points hang on the result.
    """
    facts, found = Facts(trace), []
    for rule in RULES:
        try:
            told = rule(facts)
        except NotRecordedError:
            continue
        if told is not None:
            found.append(told)
    return tuple(found[:MOST_FINDINGS])
