"""`lrquiz diagnose`: run a training script, and say what is wrong with its training."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import FILE, FOLDER, json_option, people, print_json

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.console import Console

    from lrquiz.diagnosis.program import Program
    from lrquiz.diagnosis.report import Report
    from lrquiz.diagnosis.running import Script
    from lrquiz.sandbox.box import Box

_SECONDS = 60.0


@click.command("diagnose")
@click.argument("script", metavar="SCRIPT.py|NOTEBOOK.ipynb", type=click.Path(path_type=Path))
@click.argument("arguments", metavar="[-- ARGS]", nargs=-1, type=click.UNPROCESSED)
@click.option("--html", type=FILE, default=None, help="File for a page with curves and source.")
@click.option(
    "--data",
    type=FOLDER,
    default=None,
    help="Folder that the script reads, shown read-only under its own name in its working "
    "directory.",
)
@click.option("--stdin", type=FILE, default=None, help="File that is the script's standard input.")
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 3600),
    default=_SECONDS,
    show_default=True,
    help="Time after which the script is cut, and diagnosed by what it had done.",
)
@click.option("--no-replay", is_flag=True, help="Run it once: prove no rate and no fix.")
@json_option
def diagnose_command(  # noqa: PLR0913 - one for each option
    script: Path,
    arguments: tuple[str, ...],
    *,
    html: Path | None,
    data: Path | None,
    stdin: Path | None,
    seconds: float,
    no_replay: bool,
    as_json: bool,
) -> int:
    """Run a PyTorch training script of your own, and say what is wrong with its training.

    What it does is recorded while it runs: losses, gradients, steps, rates. Mistakes are told with
    their lines, measurements and, where a changed program was run and trains better, the change.
    Python files beside the script that it imports travel along; ARGS are its arguments. It runs in
    the box where there is one, without network, and in an ordinary process where there is none.

    Exit code 0: no mistake was found; 1: mistakes were; 2: the script could not run.
    """
    from lrquiz.diagnosis.program import read_program, read_stdin
    from lrquiz.diagnosis.running import Script

    program = read_program(script)
    given = "" if stdin is None else read_stdin(stdin)
    called = Script(program.source, program.name, program.modules, arguments, given, seconds)
    console = people()
    report = _examined(program, called, data, console, replays=not no_replay)
    if html is not None:
        from lrquiz.report.diagnosis_view import write_diagnosis

        write_diagnosis(report, html)
    if as_json:
        from lrquiz.cli.diagnosing.diagnose_json import document

        print_json("lrquiz/diagnosis", document(report))
    else:
        from lrquiz.cli.diagnosing.diagnose_text import show

        show(report, console)
    if html is not None:
        console.print(f"wrote {html}")
    return report.verdict.exit_code


def _examined(
    program: Program, script: Script, data: Path | None, console: Console, *, replays: bool
) -> Report:
    """Diagnose a program in the best box that there is.

    Raises:
        SandboxFaultError: the box failed; that is no fault of the script's.
    """
    from lrquiz.diagnosis.examine import examine
    from lrquiz.errors import SandboxFaultError
    from lrquiz.model.run import Ending
    from lrquiz.sandbox.data import readable_data

    with readable_data(data) as folders, _box(folders, console) as box, _status(console) as doing:
        report = examine(box, program, script, replays=replays, doing=doing)
    if report.recorded.run.ending is Ending.INTERNAL_ERROR:
        raise SandboxFaultError(report.recorded.run.detail)
    return report


@contextmanager
def _box(data: tuple[str, ...], console: Console) -> Iterator[Box]:
    """Open a box of the tier `reduced` or better; an ordinary process where there is none."""
    from contextlib import ExitStack

    from lrquiz.diagnosis.running import ENTRY
    from lrquiz.errors import SandboxUnavailableError
    from lrquiz.model.run import REDUCED
    from lrquiz.sandbox import Sandbox
    from lrquiz.sandbox.ordinary import OrdinaryProcess

    with ExitStack() as stack:
        box: Box
        try:
            box = stack.enter_context(Sandbox(ENTRY, minimum=REDUCED, data=data))
        except SandboxUnavailableError:
            console.print("note: there is no box here, so the script runs as an ordinary program")
            box = stack.enter_context(OrdinaryProcess(ENTRY, data))
        yield box


@contextmanager
def _status(console: Console) -> Iterator[Callable[[str], None]]:
    """Show what is being done, on a terminal."""
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status("starting") as status:
        yield lambda text: status.update(f"{text} ...")
