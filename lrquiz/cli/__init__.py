"""The `lrquiz` command: it only translates between a terminal and the layers below.

Modules here import click alone; what a command needs is imported when it runs, so that help costs
little more than click itself.
"""

from lrquiz.cli.app import main

__all__ = ["main"]
