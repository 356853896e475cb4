"""Findings: one mistake with its line, its evidence and what to change; and rules that make them.

A rule is a function over `Facts` that returns a finding or nothing. Its docstring states the proof
on the trace and which correct programs look alike.
"""

from __future__ import annotations

from collections.abc import Callable

from lrquiz.diagnosis.facts import Facts
from lrquiz.model.task import ADVICE, ERROR, Diagnosis

Finding = Diagnosis
Rule = Callable[[Facts], Finding | None]


def finding(  # noqa: PLR0913 - a finding has that many parts
    code: str,
    title: str,
    line: int | None,
    *,
    evidence: str,
    why: str,
    change: str,
    severity: str = ERROR,
    **numbers: float,
) -> Finding:
    """Return a finding; `numbers` are the counts and measurements that `evidence` tells of."""
    counted = {name: float(value) for name, value in numbers.items()}
    return Finding(code, title, line, evidence, why, change, severity, counted)


__all__ = ["ADVICE", "ERROR", "Finding", "Rule", "finding"]
