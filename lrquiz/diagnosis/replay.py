"""Decide about a learning rate by running the same program at other rates."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace

from lrquiz.diagnosis.curves import end_of, start_of, step_losses
from lrquiz.diagnosis.finding import Finding
from lrquiz.model.trace import Trace

CANDIDATE = "candidate"
"""the number by which a rule says that only a replay can decide; H1 and H2 alone may have it"""
_LOWER = (0.1, 0.01)
USUAL_UPDATE = 1e-3
"""of a weight's size, what a step changes at a usual rate"""
_FALLS, _CLEARLY = 0.1, 0.2

Replay = Callable[[float], Trace | None]
"""runs the program with every rate multiplied, and returns what was recorded"""


def is_candidate(finding: Finding) -> bool:
    """Say whether a finding is only a suspicion until it is replayed."""
    return bool(finding.numbers.get(CANDIDATE))


def borne_out(finding: Finding, trace: Trace, replay: Replay) -> Finding | None:
    """Return a suspicion with what replays showed, or None where they do not bear it out.

    H1 holds if at a tenth or a hundredth of the rate the loss falls and ends clearly lower than at
    the rate itself, and ten times the rate is no better. H2 holds if at rates at which steps change
    the weights by about a thousandth it ends lower by a tenth, on the same batches where the order
    is seeded.
    """
    losses = step_losses(trace)
    start, now = start_of(losses), end_of(losses)
    for factor in _LOWER if finding.code == "H1" else _higher(finding):
        other = replay(factor)
        end = math.nan if other is None else end_of(step_losses(other))
        if not _is_better(finding.code, start, now, end):
            continue
        if finding.code == "H1" and _higher_is_better(now, end, replay):
            return None
        return _told(finding, factor, now, end)
    return None


def _higher(finding: Finding) -> tuple[float, ...]:
    """Return factors for a low rate: what makes its steps usual ones, and ten times less or more.

    What is less than ten times the rate is left out.
    """
    times = math.log10(USUAL_UPDATE / finding.numbers["update"])
    powers = (round(times) + each for each in (-1, 0, 1))
    return tuple(10.0**each for each in powers if each >= 1)


def _is_better(code: str, start: float, now: float, end: float) -> bool:
    if not math.isfinite(end):
        return False
    if code == "H2":
        return math.isfinite(now) and now - end > _FALLS * abs(now)
    falls = not math.isfinite(start) or start - end > _FALLS * abs(start)
    return falls and (not math.isfinite(now) or now - end > _CLEARLY * max(abs(now), abs(end)))


def _higher_is_better(now: float, end: float, replay: Replay) -> bool:
    if not math.isfinite(now):
        return False
    other = replay(10.0)
    higher = math.nan if other is None else end_of(step_losses(other))
    return math.isfinite(higher) and higher < end


def _told(finding: Finding, factor: float, now: float, end: float) -> Finding:
    times = f"{factor:g} times" if factor > 1 else f"{1 / factor:.0f} times less than"
    ended = f"{now:.3g}" if math.isfinite(now) else "no finite number"
    says = f"run again at {times} this rate, the loss ends at {end:.3g} instead of {ended}"
    numbers = {name: value for name, value in finding.numbers.items() if name != CANDIDATE}
    numbers |= {"factor": factor, "end": now, "end_replayed": end}
    return replace(finding, evidence=f"{finding.evidence}; {says}", numbers=numbers)
