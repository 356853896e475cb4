"""The command group, and what errors look like at the terminal."""

from __future__ import annotations

import errno
import os
import signal
import sys

import click

from lrquiz import __version__
from lrquiz.cli.bank import bank_group
from lrquiz.cli.cache import cache_group
from lrquiz.cli.course.adjust import adjust_command
from lrquiz.cli.course.archive import archive_command
from lrquiz.cli.course.export import export_group
from lrquiz.cli.course.forget import forget_command
from lrquiz.cli.course.init import init_command
from lrquiz.cli.course.regrade import regrade_command
from lrquiz.cli.course.todo import todo_command
from lrquiz.cli.demo import demo_command
from lrquiz.cli.diagnosing.diagnose import diagnose_command
from lrquiz.cli.diagnosing.explain import explain_command
from lrquiz.cli.doctor import doctor_command
from lrquiz.cli.generate import generate_command
from lrquiz.cli.grading.check import check_command
from lrquiz.cli.grading.grade import grade_command
from lrquiz.cli.grading.report import report_command
from lrquiz.cli.verify import verify_command
from lrquiz.errors import InternalError, LrquizError, OutputError

INTERRUPTED = 130
_NO_ROOM_ON_STDOUT = (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="lrquiz")
def lrquiz_group() -> None:
    """Quizzes on learning rates and training loops, with answer keys proved by running them.

    Exit codes: 0 fine; 1 the answer is no (an item was rejected, a machine cannot grade); 2 the
    input is wrong; 3 a fault of lrquiz; 130 interrupted.
    """


for command in (
    demo_command,
    init_command,
    verify_command,
    generate_command,
    check_command,
    diagnose_command,
    explain_command,
    grade_command,
    todo_command,
    adjust_command,
    regrade_command,
    report_command,
    export_group,
    archive_command,
    forget_command,
    bank_group,
    cache_group,
    doctor_command,
):
    lrquiz_group.add_command(command)


def main() -> None:
    """Run the command line and exit with the documented code."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # nohup wants the hang-up ignored
            signal.signal(number, _interrupt)
    sys.exit(_run())


def _interrupt(number: int, _: object) -> None:
    """End as after Ctrl-C: children are ended, what is finished is kept."""
    raise KeyboardInterrupt(signal.Signals(number).name)


def _run() -> int:
    try:
        code = lrquiz_group.main(standalone_mode=False, prog_name="lrquiz")
        if sys.stdout is not None:  # it is None when whoever called closed it
            sys.stdout.flush()
    except BrokenPipeError:
        _drop_stdout()  # the reader has gone; nothing more can be said
        return 0
    except (KeyboardInterrupt, click.Abort):
        click.echo("lrquiz: interrupted; what was finished is kept", err=True)
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last place where it can be told
        return _told(error)
    return code if isinstance(code, int) else 0


def _drop_stdout() -> None:
    """Send what is still unwritten nowhere, so that exiting does not try again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _told(error: Exception) -> int:
    """Tell an error to the person at the terminal and return its exit code."""
    if isinstance(error, click.ClickException):
        error.show()
        return error.exit_code
    if isinstance(error, OSError) and error.errno in _NO_ROOM_ON_STDOUT:
        click.echo(f"lrquiz: cannot write the output: {error.strerror}", err=True)
        _drop_stdout()
        return OutputError.exit_code
    if isinstance(error, LrquizError):
        click.echo(f"lrquiz: {error} [{error.code}]", err=True)
        return error.exit_code
    return _internal(error)


def _internal(error: Exception) -> int:
    import traceback

    where = traceback.extract_tb(error.__traceback__)[-1]
    click.echo(
        f"lrquiz: a fault of lrquiz itself: {type(error).__name__}: {error}\n"
        f"  at {where.filename}:{where.lineno}; please report it [{InternalError.code}]",
        err=True,
    )
    return InternalError.exit_code
