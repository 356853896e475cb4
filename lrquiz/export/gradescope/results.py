"""One result as Gradescope reads it: `results.json`.

Students may hand in there as often as they like and see each answer at once, so nothing is passed
on that their code could have written from hidden inputs: neither what it printed nor what an
exception says, only its kind. Nor are the arguments of hidden cases.
"""

from __future__ import annotations

import builtins
import json
import re
from typing import Any

from lrquiz.errors import ExportError
from lrquiz.model.mark import Mark
from lrquiz.model.record import Record
from lrquiz.model.run import Ending
from lrquiz.model.task import CheckResult, Diagnosis, Outcome

_ARGUMENTS = re.compile(r" \(case ([^():]+): [^()]*\)$")
"""what a case was called with: whoever knows it could return weights made for it"""
_QUOTES_CODE = (Ending.MEMORY_LIMIT, Ending.PROCESS_LIMIT)
"""endings whose detail is a sentence of ours, then what the code said"""


def results_json(record: Record, mark: Mark) -> str:
    """Return the text of a results.json.

    Args:
        record: what was found.
        mark: what counts.

    Raises:
        ExportError: it has no score yet. No file is better than a 0: Gradescope then tells the
            student that the autograder failed, shows staff why, and gives no points.
    """
    if mark.score is None:
        message = (
            f"{mark.student}: has no score yet ({mark.ending}: {mark.detail}); no results are "
            "written, so that Gradescope shows a failure of the autograder and no 0"
        )
        raise ExportError(message)
    values = {
        "score": _rounded(mark.score),
        "execution_time": max(0, round(record.seconds)),
        "output": _output(record, mark),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [_test(check, record) for check in record.checks],
    }
    return json.dumps(values, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _output(record: Record, mark: Mark) -> str:
    ended = f"{record.ending}: {record.detail}" if record.detail else str(record.ending)
    lines = [f"Your code ended: {_plain(ended)}"]
    lines += record.notes
    lines += [_told(each) for each in record.diagnoses]
    if mark.factor < 1:
        lines.append(f"Late by {mark.days_late} days: {mark.factor:.0%} of the score is left.")
    if mark.adjusted:
        lines.append("A person has looked at this; the score is theirs.")
    return "\n\n".join(lines if not record.responses else lines[1:])


def _told(each: Diagnosis) -> str:
    where = "" if each.line is None else f", line {each.line}"
    return f"{each.title}{where}\n  {each.evidence}\n  {each.why}\n  {each.change}"


def _test(check: CheckResult, record: Record) -> dict[str, Any]:
    # What was measured of an item would say which response is right.
    said = () if record.responses else (_plain(check.evidence), check.advice)
    return {
        "score": _rounded(check.points),
        "max_score": _rounded(check.worth),
        "status": "passed" if check.outcome is Outcome.PASSED else "failed",
        "name": _ARGUMENTS.sub(r" (case \1)", check.says) or check.check,
        "output": "\n".join(each for each in said if each),
        "output_format": "text",
        "visibility": "visible",
    }


def _plain(text: str) -> str:
    """Return what was found without the words of an exception, which student code chooses."""
    ending, *words = text.split(": ")
    if ending in _QUOTES_CODE:
        return f"{ending}: {words[0]}" if words else ending
    if ending != Ending.RUNTIME_ERROR:
        return text
    kind = getattr(builtins, words[0] if words else "", None)
    known = isinstance(kind, type) and issubclass(kind, BaseException)
    return f"{ending}: {words[0] if known else 'an exception'}"


def _rounded(points: float) -> float:
    return round(points, 5)
