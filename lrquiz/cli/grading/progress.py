"""How far a grading is: counts by ending and the time left, on a terminal; silence elsewhere."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console
    from rich.progress import Progress, TaskID

    from lrquiz.model.record import Record


@dataclass
class Meter:
    """Counts what is graded."""

    bar: Progress
    row: TaskID
    endings: Counter[str] = field(default_factory=Counter)

    def add(self, record: Record) -> None:
        """Count one more."""
        self.endings["open" if record.score is None else str(record.ending)] += 1
        told = ", ".join(f"{count} {ending}" for ending, count in self.endings.most_common())
        self.bar.update(self.row, advance=1, description=f"grading: {told}")


@contextmanager
def metered(console: Console, kept: Callable[[], int], total: int) -> Iterator[Meter]:
    """Show progress while the context lasts; after Ctrl-C say how far it came and how to go on.

    Args:
        console: of people.
        kept: tells how many are graded and kept by now.
        total: of all.
    """
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("left"),
        TimeRemainingColumn(),
    )
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    meter = Meter(bar, bar.add_task("grading", total=total, completed=kept()))
    try:
        with bar:
            yield meter
    except KeyboardInterrupt:
        console.print(
            f"stopped: {kept()} of {total} are graded and kept; the same command grades the rest"
        )
        raise
