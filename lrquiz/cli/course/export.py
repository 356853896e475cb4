"""`lrquiz export`: files for Canvas, Moodle and Gradescope."""

from __future__ import annotations

import click

from lrquiz.cli.course.export_feedback import feedback_command
from lrquiz.cli.course.export_gradescope import autograder_command, gradescope_command
from lrquiz.cli.course.export_into import into_command


@click.group("export")
def export_group() -> None:
    """Write marks and feedback as Canvas, Moodle and Gradescope take them."""


for command in (into_command, feedback_command, gradescope_command, autograder_command):
    export_group.add_command(command)
