"""What names graded work to a command."""

from __future__ import annotations

import click

from lrquiz.cli.common import FILE, FOLDER

graded_argument = click.argument("graded", type=FOLDER)
gradebook_option = click.option(
    "--gradebook",
    type=FILE,
    default=None,
    help="File that keeps every result (default: the one that GRADED was graded into).",
)
