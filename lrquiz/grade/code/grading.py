"""Grade one submission, and a folder of them, each result the moment it is known."""

from __future__ import annotations

import contextlib
import math
import re
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace

from lrquiz.diagnosis import diagnose
from lrquiz.grade.code.box import Box
from lrquiz.grade.code.checks import apply_rubric
from lrquiz.grade.code.hidden import HiddenCase, draw_case, request_for, seeds_of
from lrquiz.grade.code.judge import Recomputed, Reference, read_reply, recompute, train_reference
from lrquiz.grade.intake import Submission
from lrquiz.grade.records import versions
from lrquiz.model.record import CaseCurves, Line, Record
from lrquiz.model.run import Ending, Run
from lrquiz.model.task import Case, Diagnosis, Task
from lrquiz.model.trace import Trace
from lrquiz.resources.secret import fingerprint

_PLACE = re.compile(r'File "/[^"\n]*/(?:site-packages|dist-packages|python3\.\d+)/')
_JUDGING = threading.Lock()
"""The recorder patches torch for all of a process while it watches, so the judge's own training
takes turns, whoever grades."""
_GOES_ON = (Ending.OK, Ending.RUNTIME_ERROR)
"""endings after which the next case is still worth a run"""


@dataclass
class _Gathered:
    """What the cases of one submission have given so far."""

    runs: list[Run] = field(default_factory=list)
    recomputed: dict[str, Recomputed] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    diagnoses: list[Diagnosis] = field(default_factory=list)
    curves: list[CaseCurves] = field(default_factory=list)

    @property
    def worst(self) -> Run:
        """The run that tells how the submission ended: the first that was not fine."""
        return next((run for run in self.runs if run.ending is not Ending.OK), self.runs[0])


class Grader:
    """Grades submissions to one task in a box."""

    def __init__(self, task: Task, secret: bytes, box: Box) -> None:
        self._task = task
        self._secret = secret
        self._box = box

    def grade(self, submission: Submission) -> Record:
        """Return the record of one submission, whatever its code does.

        A fault of ours is an internal error in the record: it costs no points and is flagged.
        """
        if submission.fault:
            return self._refused(submission)
        try:
            return self._record(submission, self._gather(submission))
        except Exception as error:  # noqa: BLE001 - one student's internal error stops nobody else
            detail = f"{type(error).__name__}: {error}"
            return self._flagged(submission, detail)

    def grade_all(self, submissions: Sequence[Submission], jobs: int) -> Iterator[Record]:
        """Yield records as they are finished, `jobs` boxes at a time."""
        pool = ThreadPoolExecutor(jobs, thread_name_prefix="grade")
        try:
            waiting = [pool.submit(self.grade, each) for each in submissions]
            for done in as_completed(waiting):
                yield done.result()
        finally:
            # After Ctrl-C nothing that has not started may start.
            pool.shutdown(wait=False, cancel_futures=True)

    def _gather(self, submission: Submission) -> _Gathered:
        gathered = _Gathered()
        for case in self._task.cases:
            self._one_case(submission, case, gathered)
            if gathered.runs[-1].ending not in _GOES_ON:
                break
        return gathered

    def _one_case(self, submission: Submission, case: Case, gathered: _Gathered) -> None:
        seeds = seeds_of(self._secret, submission.student, self._task.id, case.id)
        with _JUDGING:
            hidden = draw_case(self._task, case, seeds)
            reference = train_reference(self._task, hidden)
        request = request_for(self._task, hidden, submission.source, submission.modules)
        run = self._box.run(request, self._task.limits)
        gathered.runs.append(run)
        if run.ending is not Ending.OK or run.reply is None:
            gathered.faults[case.id] = f"{run.ending}: {run.detail}"
            return
        with _JUDGING:
            self._judge(hidden, reference, run.reply, gathered, submission.source)

    def _judge(
        self,
        hidden: HiddenCase,
        reference: Reference,
        reply: bytes,
        gathered: _Gathered,
        source: str,
    ) -> None:
        case = hidden.case.id
        try:
            trace, weights = read_reply(reply)
        except ValueError as error:
            gathered.recomputed[case] = Recomputed(f"the box sent back no weights: {error}")
            return
        gathered.recomputed[case] = recompute(self._task, hidden, reference, weights)
        if trace is None:
            return
        # A trace may have been forged into anything. It explains and carries no points, so one
        # that says nothing that can be true explains nothing, and scoring goes on.
        with contextlib.suppress(LookupError, ValueError, TypeError, ArithmeticError):
            gathered.curves.append(CaseCurves(case, _losses(trace), _losses(reference.trace)))
            if not gathered.diagnoses:
                gathered.diagnoses.extend(diagnose(trace, source))

    def _record(self, submission: Submission, gathered: _Gathered) -> Record:
        run = gathered.worst
        if run.ending is Ending.INTERNAL_ERROR:
            return self._flagged(submission, run.detail)
        checks = apply_rubric(self._task, gathered.recomputed, gathered.faults)
        return replace(
            self._flagged(submission, run.detail),
            ending=run.ending,
            score=sum(check.points for check in checks),
            checks=checks,
            diagnoses=tuple(gathered.diagnoses),
            curves=tuple(gathered.curves),
            stdout=run.stdout,
            stderr=_without_places(run.stderr),
            seconds=round(sum(each.wall_seconds for each in gathered.runs), 3),
            memory_mib=round(max(each.memory_mib for each in gathered.runs), 1),
            tier=run.tier,
        )

    def _refused(self, submission: Submission) -> Record:
        faults = {case.id: submission.fault for case in self._task.cases}
        return replace(
            self._flagged(submission, submission.fault),
            ending=Ending.REFUSED,
            score=0.0,
            checks=apply_rubric(self._task, {}, faults),
        )

    def _flagged(self, submission: Submission, detail: str) -> Record:
        return flagged(self._task, self._secret, submission, detail)


def flagged(task: Task, secret: bytes, submission: Submission, detail: str) -> Record:
    """Return the record of an internal error: no score, and a person has to look."""
    return Record(
        student=submission.student,
        submission=submission.digest,
        source=submission.source,
        modules=submission.modules,
        notes=submission.notes,
        task=task.id,
        task_version=task.version,
        ending=Ending.INTERNAL_ERROR,
        detail=detail,
        score=None,
        points=task.points,
        secret=fingerprint(secret),
        versions=versions(),
    )


def _without_places(text: str) -> str:
    """Return a traceback whose files are named from their package on.

    Where this machine keeps Python is no student's business, and differs between machines.
    """
    return _PLACE.sub(r'File "', text)


def _losses(trace: Trace) -> Line:
    if "epoch.loss" not in trace.recorded:
        return ()
    column = trace.epoch("loss")[:1000]
    return tuple(float(f"{each:.6g}") if math.isfinite(each) else None for each in column)
