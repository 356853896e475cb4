"""Options, progress and output that several commands share."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress

    from lrquiz.experiments.laboratory import Laboratory
    from lrquiz.model.item import Item, Variant
    from lrquiz.model.verdict import VerifiedVariant
    from lrquiz.verify.proofs import ProofStore

FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)

bank_option = click.option(
    "--bank", type=FOLDER, default=None, help="Folder of the item bank (default: the shipped one)."
)
allow_local_option = click.option(
    "--allow-local-recipes",
    "allow_local",
    is_flag=True,
    help="Execute the bank's own Python: recipes and predicates in files. Read them first.",
)
fresh_option = click.option(
    "--fresh",
    is_flag=True,
    help="Take nothing from the cache: train every trial anew, and keep it there for later.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")


def _name_data_root(ctx: click.Context, _: click.Parameter, root: Path | None) -> None:
    """Let this command and its workers train on the digits under `root`, once they are sound.

    Raises:
        DataError: they are missing, damaged or not MNIST's.
    """
    if root is not None:
        from lrquiz.resources.data import digit_files

        ctx.with_resource(_environment(DATA_ROOT, str(root.absolute())))
        digit_files()


@contextmanager
def _environment(name: str, value: str) -> Iterator[None]:
    """Set a variable of this process while the context lasts; processes it starts inherit it."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


DATA_ROOT = "LRQUIZ_DATA_ROOT"
"""the variable that `lrquiz.resources.locate` reads; written here too, for help imports nothing"""

data_root_option = click.option(
    "--data-root",
    type=click.Path(path_type=Path),  # what is no folder is told as what holds no digits is
    metavar="DIRECTORY",
    default=None,
    envvar=DATA_ROOT,
    show_envvar=True,
    expose_value=False,
    callback=_name_data_root,
    help="Root of MNIST, as torchvision.datasets.MNIST takes it, to train on in place of the "
    "shipped digits. Of a full MNIST too, 1,000 images are used: the first 80 of each digit in its "
    "training file and the first 20 in its test file.",
)


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
    proofs: int = 0
    """variants whose proofs were kept whole, so that no trial was looked at"""
    changed: Callable[[], None] = lambda: None
    """called after every change, to show progress"""

    def add(self, trained: int, kept: int) -> None:
        """Count some more."""
        self.trained += trained
        self.kept += kept
        self.changed()

    def add_proof(self) -> None:
        """Count one more kept proof."""
        self.proofs += 1
        self.changed()

    def __str__(self) -> str:
        proofs = f"{self.proofs} proofs kept from before, " if self.proofs else ""
        return f"{proofs}{self.trained} trials trained now, {self.kept} from the evidence store"


@contextmanager
def laboratory(
    count: TrialCount, *, allow_local: bool = False, fresh: bool = False
) -> Iterator[Laboratory]:
    """Open the laboratory over the user's evidence store; a fresh one finds nothing in it."""
    import tempfile

    from lrquiz.evidence.fresh import FreshStore
    from lrquiz.evidence.store import EvidenceStore, default_store
    from lrquiz.experiments.laboratory import Laboratory
    from lrquiz.resources.files import explained

    folder = default_store()
    with explained(folder, "set LRQUIZ_CACHE to a folder that you can write to"):
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass  # better to know now than after training
    store = FreshStore(folder) if fresh else EvidenceStore(folder)
    with Laboratory(store, progress=count.add, allow_local=allow_local) as opened:
        yield opened


def require_permissions(items: Iterable[Item], *, allow_local: bool) -> None:
    """Refuse items that would execute a bank's own code: better now than after training others."""
    from lrquiz.experiments.local_recipe import require_permission

    for item in items:
        require_permission(item.experiment, f"item {item.id}", allow_local=allow_local)


def proof_store(count: TrialCount, *, fresh: bool = False) -> ProofStore:
    """Return the store of proofs, in the same folder as the evidence; a fresh one finds none."""
    from lrquiz.evidence.store import default_limit, default_store
    from lrquiz.resources.cache import ContentCache
    from lrquiz.verify.proofs import ProofStore

    return ProofStore(
        ContentCache(default_store(), default_limit()), count.add_proof, only_keeps=fresh
    )


@contextmanager
def prover(
    count: TrialCount,
    *,
    allow_local: bool = False,
    from_trials: bool = False,
    fresh: bool = False,
) -> Iterator[Callable[[Variant], VerifiedVariant]]:
    """Yield what verifies a variant; the laboratory opens with the first that is asked for.

    With `from_trials` no kept proof is taken, though kept trials are; with `fresh` neither is.
    """
    from lrquiz.verify import verify_variant

    proofs = proof_store(count, fresh=fresh or from_trials)
    with ExitStack() as stack:
        opened: list[Laboratory] = []

        def prove(variant: Variant) -> VerifiedVariant:
            require_permissions([variant.item], allow_local=allow_local)
            if not opened:
                opened.append(
                    stack.enter_context(laboratory(count, allow_local=allow_local, fresh=fresh))
                )
            return verify_variant(variant, opened[0], proofs=proofs)

        yield prove
