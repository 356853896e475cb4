"""What was decided about everybody's marks, applied to what is graded."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from pydantic import TypeAdapter

from lrquiz.model.decision import Decision, DecisionKind
from lrquiz.model.task import Criterion, Task

_DECISIONS = TypeAdapter(list[Decision])


def decided_version(version: str, decisions: Sequence[Decision]) -> str:
    """Return the version of a task or quiz with what was decided about it.

    Results of another version are not those that count, so they are made again.
    """
    if not decisions:
        return version
    digest = hashlib.sha256(_DECISIONS.dump_json(list(decisions))).hexdigest()
    return f"{version}+{digest[:12]}"


def ruled_task(task: Task, decisions: Sequence[Decision]) -> Task:
    """Return a task as it is graded after decisions, the first first."""
    ruled = task
    for each in decisions:
        ruled = replace(ruled, rubric=tuple(_ruled(ruled, each)))
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
