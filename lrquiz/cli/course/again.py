"""How `lrquiz regrade` runs code again, where it has to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import Console

    from lrquiz.cli.course.desk import Desk
    from lrquiz.grade.intake import Submission
    from lrquiz.model.record import Record
    from lrquiz.model.task import Task


@dataclass(frozen=True, slots=True)
class Again:
    """How code is run again, where it has to be."""

    here: Desk
    console: Console
    secret: Path | None
    tier: str | None
    jobs: int | None

    def run(self, task: Task, submissions: Sequence[Submission]) -> Iterator[Record]:
        """Yield the results of submissions as they are finished.

        Raises:
            RegradeError: the secret that they were graded with is not there.
            SandboxUnavailableError: there is no box of the tier.
        """
        from lrquiz.cli.common import progress_bar
        from lrquiz.grade.code.box import HARNESS
        from lrquiz.grade.code.grading import Grader
        from lrquiz.sandbox import Sandbox

        secret, jobs = self.kept_secret(), self.jobs or os.cpu_count() or 1
        self.console.print(f"attempts that have to be run again: {len(submissions)}")
        with Sandbox(HARNESS, minimum=self._least()) as box, progress_bar(self.console) as bar:
            row = bar.add_task("running again", total=len(submissions))
            for record in Grader(task, secret, box).grade_all(submissions, jobs):
                bar.advance(row)
                yield record

    def kept_secret(self) -> bytes:
        """Return the secret that hidden data was drawn with.

        Raises:
            RegradeError: there is none.
        """
        from lrquiz.errors import RegradeError
        from lrquiz.resources.secret import load_secret

        path = self.secret or self.here.secret
        if not path.exists():
            message = f"{path}: there is no secret here to run code again with; give --secret FILE"
            raise RegradeError(message)
        return load_secret(path)

    def _least(self) -> str:
        from lrquiz.model.run import FULL

        course = self.here.course
        return self.tier or (FULL if course is None else course.tier)
