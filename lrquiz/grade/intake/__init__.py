"""Find submissions. Who wrote one follows from its place, never from its contents.

`collect` reads a folder or an archive, as people keep them or as Canvas, Moodle and Gradescope
export them, and says of everything in it what became of it.
"""

from __future__ import annotations

from lrquiz.grade.intake.collecting import collect, read_submission
from lrquiz.grade.intake.found import Intake, Listed, MatchedBy, ResponseFile, Submission
from lrquiz.grade.intake.limits import MAX_SOURCE_BYTES, IntakeLimits
from lrquiz.grade.intake.written import Chosen, chosen_responses

__all__ = [
    "MAX_SOURCE_BYTES",
    "Chosen",
    "Intake",
    "IntakeLimits",
    "Listed",
    "MatchedBy",
    "ResponseFile",
    "Submission",
    "chosen_responses",
    "collect",
    "read_submission",
]
