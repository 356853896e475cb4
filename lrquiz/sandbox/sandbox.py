"""The box as one object: `run` takes bytes and limits, and returns a Run, whatever happens."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Self

from lrquiz.errors import SandboxFaultError, SandboxUnavailableError
from lrquiz.model.run import FULL, REDUCED, Limits, Run
from lrquiz.sandbox.collect import collect
from lrquiz.sandbox.ending import fault, run_from
from lrquiz.sandbox.tier import Tier, probe_tier
from lrquiz.sandbox.warm import BoxLostError, BoxStuckError, Channels, Warm

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

_DEFAULT_LIMITS = Limits()


class Sandbox:
    """Runs a function on requests, each time in a new box; a context manager.

    `entry` is `package.module:function`; the function takes the request and returns the reply.
    It is imported once, outside of any box, and called once in each. With `cold`, every run starts
    a fresh interpreter instead: slower, and the same otherwise. `path` names further folders from
    which the entry may be imported, and `data` folders that every box may read, each under its own
    name in the working directory. Several threads may call `run` at once.

    A machine that cannot offer `minimum` is refused; one that offers more is used for what it
    offers, unless `tier` asks for one tier and no other.
    """

    def __init__(  # noqa: PLR0913 - what may differ, each with its default
        self,
        entry: str,
        *,
        cold: bool = False,
        path: Sequence[str] = (),
        minimum: str = FULL,
        tier: str | None = None,
        data: Sequence[str] = (),
    ) -> None:
        self._entry = entry
        self._cold = cold
        self._path = tuple(path)
        self._minimum = tier or minimum
        self._tier = tier
        self._data = tuple(data)
        self._turn = threading.Lock()
        self._warm: Warm | None = None
        self._open = False

    def __enter__(self) -> Self:
        found = probe_tier()
        if not found.reaches(self._minimum):
            raise SandboxUnavailableError(_unavailable(found))
        self._tier = self._tier or found.name
        self._open = True
        if not self._cold:
            self._warm = self._started()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._turn:
            self._open = False
            if self._warm is not None:
                self._warm.close()
                self._warm = None

    @property
    def tier(self) -> str:
        """The containment that runs are under: `full` or `reduced`; the minimum before it opens."""
        return self._tier or self._minimum

    @property
    def zygote_pid(self) -> int | None:
        """The process id of the warm interpreter, where there is one."""
        warm = self._warm
        return None if warm is None else warm.pid

    def run(self, request: bytes, limits: Limits = _DEFAULT_LIMITS) -> Run:
        """Call the entry on a request in a new box.

        What the code in the box does is told by the Run's ending. A box that fails through no
        fault of that code is tried once more, and then ends as an internal error; it never raises.
        """
        try:
            return self._twice(request, limits)
        except (BoxLostError, SandboxFaultError, OSError) as error:
            return fault(f"the box failed: {error}", self.tier)

    def _twice(self, request: bytes, limits: Limits) -> Run:
        try:
            return self._once(request, limits)
        except (BoxLostError, SandboxFaultError):  # the latter: it was killed while it started
            return self._once(request, limits)

    def _once(self, request: bytes, limits: Limits) -> Run:
        if self._cold:
            return self._once_cold(request, limits)
        with self._turn:
            warm, channels = self._submitted(request, limits)
        try:
            return self._followed(channels, limits)
        except BoxStuckError:
            warm.kill()
            raise

    def _once_cold(self, request: bytes, limits: Limits) -> Run:
        warm = self._started()
        try:
            return self._followed(warm.submit(request, limits), limits)
        finally:
            warm.close()

    def _submitted(self, request: bytes, limits: Limits) -> tuple[Warm, Channels]:
        """Ask the zygote for a box, or a new zygote if that one has died meanwhile."""
        warm = self._living()
        try:
            return warm, warm.submit(request, limits)
        except BoxLostError:
            warm.kill()
            warm = self._living()
            return warm, warm.submit(request, limits)

    def _living(self) -> Warm:
        """Return the zygote, a new one if it is known to be dead."""
        if not self._open:
            message = "the sandbox is closed"
            raise SandboxFaultError(message)
        if self._warm is not None and not self._warm.alive:
            self._warm.close()
            self._warm = None
        if self._warm is None:
            self._warm = self._started()
        return self._warm

    def _started(self) -> Warm:
        warm = Warm(self._entry, self._path, is_full=self.tier == FULL, data=self._data)
        try:
            warm.await_ready()
        except BaseException:
            warm.kill()
            raise
        return warm

    def _followed(self, channels: Channels, limits: Limits) -> Run:
        """Follow a run to its end; whatever happens here, the box does not outlive this call."""
        try:
            return run_from(collect(channels, limits), limits, self.tier)
        finally:
            channels.close()


def _unavailable(found: Tier) -> str:
    there = f" (the tier {found.name!r} is to be had)" if found.reaches(REDUCED) else ""
    return f"student code cannot be contained here{there}: {found.reason}\n  {found.remedy}"
