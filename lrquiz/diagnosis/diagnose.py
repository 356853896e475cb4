"""From a trace to its one root cause and what else is wrong."""

from __future__ import annotations

from lrquiz.diagnosis.causes import without_consequences
from lrquiz.diagnosis.facts import Facts
from lrquiz.diagnosis.finding import Finding, Rule
from lrquiz.diagnosis.rules import RULES, SUSPICIONS
from lrquiz.diagnosis.spots import pinpointed
from lrquiz.errors import NotRecordedError
from lrquiz.model.trace import Trace

MOST_FINDINGS = 3


def diagnose(trace: Trace, source: str = "", *, suspicions: bool = False) -> tuple[Finding, ...]:
    """Return the root cause that the trace proves, then what else is wrong; or nothing.

    A trace that does not hold what a rule needs proves nothing to that rule. So does one that was
    altered by the code it recorded, which is why no points hang on the result.

    Args:
        trace: of one run of the program.
        source: of the program; it decides nothing, but where a mistake is no call that was seen,
            such as an assignment, it tells the line.
        suspicions: whether to return also what only runs at other rates can bear out (`borne_out`
            of `lrquiz.diagnosis.replay`): findings of H1 and H2 with the number `candidate`. They
            come last, and only where no error was found.
    """
    facts = Facts(trace)
    rules = (*RULES, *SUSPICIONS) if suspicions else RULES
    told = [found for rule in rules if (found := _asked(rule, facts)) is not None]
    kept = without_consequences(told)[:MOST_FINDINGS]
    return tuple(pinpointed(each, facts, source) for each in kept)


def _asked(rule: Rule, facts: Facts) -> Finding | None:
    """Return what a rule says; nothing of a trace that lacks what it needs, or makes no sense."""
    try:
        return rule(facts)
    except (NotRecordedError, LookupError, ValueError, TypeError, ArithmeticError):
        return None
