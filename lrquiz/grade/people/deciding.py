"""What was decided about everybody's marks, applied to what is graded."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from pydantic import TypeAdapter

from lrquiz.model.decision import Decision, DecisionKind
from lrquiz.model.task import Criterion, Task

_DECISIONS = TypeAdapter(list[Decision])
_OF_THE_LOG: Final = {"__all__": {"raised", "lowered"}}


def decided_version(version: str, decisions: Sequence[Decision]) -> str:
    """Return the version of a task or quiz with what was decided about it.

    Results of another version are not those that count, so they are made again.
    """
    if not decisions:
        return version
    told = _DECISIONS.dump_json(list(decisions), exclude=_OF_THE_LOG)
    digest = hashlib.sha256(told).hexdigest()
    return f"{version}+{digest[:12]}"


def ruled_task(task: Task, decisions: Sequence[Decision]) -> Task:
    """Return a task as it is graded after decisions, the first first.

    Parts keep their names when others are voided, since people's marks go by them.
    """
    ruled = task
    for each in decisions:
        named = each.rubric if each.kind is DecisionKind.RUBRIC else ruled.named_by or task.rubric
        ruled = replace(ruled, rubric=tuple(_ruled(ruled, each)), named_by=named)
    return replace(ruled, version=decided_version(task.version, decisions))


def _ruled(task: Task, decision: Decision) -> Sequence[Criterion]:
    if decision.kind is DecisionKind.RUBRIC:
        return decision.rubric
    chosen = [each for each in task.rubric if task.part(each) == decision.part]
    if decision.kind is DecisionKind.VOID:
        return [each for each in task.rubric if each not in chosen]
    if decision.kind is DecisionKind.POINTS and decision.points is not None:
        points = decision.points
        return [replace(e, points=points) if e in chosen else e for e in task.rubric]
    return task.rubric
