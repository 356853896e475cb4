"""A Dask scheduler and its workers on loopback, each a process of its own as on machines."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from distributed import Client

_WAIT = 90.0
"""seconds after which something that should be there is given up"""


@dataclass
class Machines:
    """What was started; a context manager that ends all of it."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def address(self) -> str:
        return f"tcp://{self._host()}"

    def __enter__(self) -> Self:
        self._start("scheduler", "scheduler", "--port", "0", "--scheduler-file", self._file())
        self._await_file()
        return self

    def __exit__(self, *_: object) -> None:
        for name in list(self.processes):
            self.kill(name)

    def add(self, name: str, *options: str) -> None:
        """Start a worker of one thread under a nanny that starts it again."""
        fixed = ("--scheduler-file", self._file(), "--nworkers", "1", "--nthreads", "1")
        self._start(name, "worker", *fixed, "--name", name, *options)

    def await_workers(self, count: int) -> None:
        with self.client() as client:
            client.wait_for_workers(count, timeout=_WAIT)

    def client(self) -> Client:
        return Client(self.address, timeout=30, set_as_default=False)

    def kill(self, name: str) -> None:
        """End a machine at once: nanny, worker and all."""
        process = self.processes.pop(name)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def _start(self, name: str, *arguments: str) -> None:
        command: Sequence[str] = [
            *(sys.executable, "-m", "distributed.cli." + f"dask_{arguments[0]}"),
            *(*arguments[1:], "--host", "127.0.0.1", "--no-dashboard"),
        ]
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                command,
                stdout=log,
                stderr=log,
                cwd=self.folder,
                env={**os.environ, **self.environment},
                start_new_session=True,
            )

    def _file(self) -> str:
        return str(self.folder / "scheduler.json")

    def _await_file(self) -> None:
        until = time.monotonic() + _WAIT
        while not Path(self._file()).exists():
            assert time.monotonic() < until, (self.folder / "scheduler.log").read_text()
            time.sleep(0.1)

    def _host(self) -> str:
        told = json.loads(Path(self._file()).read_text(encoding="utf-8"))
        return str(told["address"]).removeprefix("tcp://")
