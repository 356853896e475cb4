"""Options, progress and output that several commands share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from lrquiz.experiments.laboratory import Laboratory

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)

bank_option = click.option(
    "--bank", type=FOLDER, default=None, help="Folder of the item bank (default: the shipped one)."
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def bank_folder(chosen: Path | None) -> Path:
    """Return the chosen bank, or the one that ships with lrquiz."""
    from lrquiz.resources.locate import shipped_bank

    return chosen or shipped_bank()


def print_json(schema: str, values: Mapping[str, Any]) -> None:
    """Print one JSON document on stdout."""
    click.echo(json.dumps({"schema": schema, "version": 1, **values}, indent=1, allow_nan=False))


def people() -> Console:
    """Return the console for people: stderr, without guessing at markup in our data."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, markup=False, soft_wrap=True)


@contextmanager
def progress_bar(console: Console) -> Iterator[Progress]:
    """Show progress on `console` while the context lasts; nothing when it is no terminal."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        yield bar


@dataclass
class TrialCount:
    """How many trials were trained now, and how many came from the store."""

    trained: int = 0
    kept: int = 0
    changed: Callable[[], None] = lambda: None
    """called after every change, to show progress"""

    def add(self, trained: int, kept: int) -> None:
        """Count some more."""
        self.trained += trained
        self.kept += kept
        self.changed()

    def __str__(self) -> str:
        return f"{self.trained} trials trained now, {self.kept} from the evidence store"


@contextmanager
def laboratory(count: TrialCount) -> Iterator[Laboratory]:
    """Open the laboratory over the user's evidence store."""
    import tempfile

    from lrquiz.evidence.store import EvidenceStore, default_store
    from lrquiz.experiments.laboratory import Laboratory
    from lrquiz.resources.files import explained

    folder = default_store()
    with explained(folder, "set LRQUIZ_CACHE to a folder that you can write to"):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass  # better to know now than after training
    with Laboratory(EvidenceStore(folder), progress=count.add) as opened:
        yield opened
