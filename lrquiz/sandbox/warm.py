"""The parent's handle on a zygote: start it, hand it runs, end it."""

from __future__ import annotations

import contextlib
import json
import os
import select
import site
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from lrquiz.errors import SandboxFaultError
from lrquiz.sandbox.wire import limits_to_bytes, report_from_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrquiz.model.run import Limits

_START_SECONDS = 180.0
_END_SECONDS = 10.0
_MESSAGE_BYTES = 65536

# The same text for every machine, since a box can read it: what differs arrives on stdin.
_BOOT = (
    "import json, sys; told = json.load(sys.stdin); sys.path[:0] = told.pop('first'); "
    "sys.path.extend(told.pop('last')); "
    "from lrquiz.sandbox import zygote; zygote.main(**told)"
)
_FLAGS = ("-P", "-s", "-B")  # no current folder, no user site: neither may decide what is imported
_ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LANG": "C.UTF-8",
    "HOME": "/box",
    "TMPDIR": "/tmp",  # noqa: S108 - the box's own
    "MPLCONFIGDIR": "/tmp/matplotlib",  # noqa: S108 - the box's own
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "2",  # each arena reserves 64 MiB of the address space that we limit
    "CUDA_VISIBLE_DEVICES": "",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "TORCHDYNAMO_DISABLE": "1",
    "TORCHINDUCTOR_CACHE_DIR": "/tmp/torchinductor",  # noqa: S108 - else torch writes our name in it
}
_PASSED_ON = ("LD_LIBRARY_PATH",)  # where a cluster's module system keeps libpython


class BoxLostError(Exception):
    """The zygote or a supervisor ended without a word: worth one more try."""


class BoxStuckError(BoxLostError):
    """A box that was told to end did not: its zygote cannot be relied on any more."""


@dataclass(frozen=True, slots=True)
class Channels:
    """The parent's ends of one run."""

    stdout: int
    stderr: int
    reply: int
    control: socket.socket
    """a Report arrives here; a message, or closing it, kills the box"""

    def close(self) -> None:
        """Close every end; the box, if it still lives, is killed."""
        self.control.close()
        for descriptor in (self.stdout, self.stderr, self.reply):
            os.close(descriptor)


class Warm:
    """One zygote process. Not thread-safe: its Sandbox takes turns."""

    def __init__(
        self,
        entry: str,
        path: Sequence[str] = (),
        *,
        is_full: bool = True,
        data: Sequence[str] = (),
    ) -> None:
        self._log: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as we do
        self._socket, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        told: dict[str, object] = {"parent_fd": theirs.fileno(), "parent_pid": os.getpid()}
        told |= {"entry": entry, "is_full": is_full, "data": list(data), **_import_path(path)}
        try:
            self._process = _start(theirs.fileno(), self._log)
        except BaseException:
            self._socket.close()
            self._log.close()
            raise
        finally:
            theirs.close()
        self._tell(json.dumps(told).encode())

    @property
    def pid(self) -> int:
        """The zygote's process id."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether the process still runs."""
        return self._process.poll() is None

    def _tell(self, told: bytes) -> None:
        stdin = self._process.stdin
        if stdin is not None:
            with contextlib.suppress(BrokenPipeError), stdin:
                stdin.write(told)

    def await_ready(self) -> None:
        """Wait until the entry is imported.

        Raises:
            SandboxFaultError: it cannot be, with the reason.
        """
        ready, _, _ = select.select([self._socket], [], [], _START_SECONDS)
        message = self._socket.recv(_MESSAGE_BYTES) if ready else b""
        if not message:
            raise _not_started(self._last_words())
        report = report_from_bytes(message)
        if not report.ready:
            raise _not_started(report.fault)

    def _last_words(self) -> str:
        self._log.seek(0)
        lines = self._log.read().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else f"no answer within {_START_SECONDS:.0f} seconds"

    def submit(self, request: bytes, limits: Limits) -> Channels:
        """Ask for one box.

        Raises:
            BoxLostError: the zygote is gone.
        """
        with contextlib.ExitStack() as theirs, contextlib.ExitStack() as ours:
            (stdout, far_out), (stderr, far_err), (reply, far_reply) = (
                _pipe(ours, theirs) for _ in range(3)
            )
            control, far_control = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            ours.callback(control.close)
            theirs.callback(far_control.close)
            given = [_in_memory(request, theirs), far_out, far_err, far_reply, far_control.fileno()]
            try:
                socket.send_fds(self._socket, [limits_to_bytes(limits)], given)
            except OSError as error:
                message = "its warm interpreter is gone"
                raise BoxLostError(message) from error
            ours.pop_all()
            return Channels(stdout, stderr, reply, control)

    def close(self) -> None:
        """End the zygote and every box of it, and wait until they are gone."""
        self._socket.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_SECONDS)
        self.kill()

    def kill(self) -> None:
        """End the zygote at once; the kernel ends its boxes."""
        self._process.kill()
        self._process.wait()
        self._socket.close()
        self._log.close()


def _start(descriptor: int, log: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a fresh interpreter, never a fork of ours: a box must inherit nothing of the parent."""
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return subprocess.Popen(
        [sys.executable, *_FLAGS, "-c", _BOOT],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=log,
        env=_ENVIRONMENT | passed_on,
        cwd="/",
        pass_fds=[descriptor],
        start_new_session=True,  # Ctrl-C at the terminal reaches the parent alone
    )


def _not_started(reason: str) -> SandboxFaultError:
    return SandboxFaultError(f"the box's interpreter did not start: {reason}")


def _import_path(extra: Sequence[str]) -> dict[str, list[str]]:
    """Return where the zygote finds lrquiz and torch beyond its interpreter's own site-packages.

    Only what somebody named on purpose: never the current folder, where submissions may lie.
    """
    named = [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
    first, last = [*extra, *filter(os.path.isabs, named)], list[str]()
    package = Path(__file__).resolve().parents[2]
    installed = package.name in ("site-packages", "dist-packages")
    (last if installed else first).append(str(package))
    if site.ENABLE_USER_SITE and site.getusersitepackages() in sys.path:
        last.append(site.getusersitepackages())
    return {"first": first, "last": last}


def _pipe(ours: contextlib.ExitStack, theirs: contextlib.ExitStack) -> tuple[int, int]:
    """Make a pipe that we read and they write."""
    near, far = os.pipe()
    os.set_blocking(near, False)  # a box may open its own end for reading and take what we saw
    ours.callback(os.close, near)
    theirs.callback(os.close, far)
    return near, far


def _in_memory(request: bytes, theirs: contextlib.ExitStack) -> int:
    """Return a file that holds the request, so that no box can keep us waiting by not reading."""
    descriptor = os.memfd_create("request", os.MFD_CLOEXEC)
    theirs.callback(os.close, descriptor)
    rest = memoryview(request)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
    return descriptor
