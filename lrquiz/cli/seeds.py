"""`lrquiz bank seeds`: what became of the pages that a bank grew from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import FILE, allow_local_option, bank_folder, bank_option, people

if TYPE_CHECKING:
    from lrquiz.verify.lock.entries import Lock


@click.command("seeds")
@bank_option
@click.option("--out", type=FILE, default=None, help="File to write (default: print to stdout).")
@allow_local_option
def seeds_command(bank: Path | None, out: Path | None, *, allow_local: bool) -> int:
    """Tell, as Markdown, what became of the pages that a bank grew from.

    Reads seeds.toml of the bank, its items and pipelines, and the figures of its lock.
    """
    from lrquiz.resources.files import make_folder, write_text

    text = _page(bank_folder(bank), allow_local=allow_local)
    if out is None:
        click.echo(text, nl=False)
        return 0
    make_folder(out.parent)
    write_text(out, text)
    people().print(f"written: {out}")
    return 0


def _page(folder: Path, *, allow_local: bool) -> str:
    from lrquiz.bank.bank import load_bank
    from lrquiz.bank.pipelines import load_pipelines
    from lrquiz.bank.seeds import load_seeds
    from lrquiz.report.seeds_page import seeds_page

    items = {each.id: each for each in load_bank(folder, allow_local=allow_local).select([])}
    loaded = load_pipelines(folder, items, allow_local=allow_local)
    some = loaded.found or loaded.broken  # a bank may have none
    pipelines = {each.id: each for each in loaded.select([])} if some else {}
    rows = load_seeds(folder, items, pipelines)
    return seeds_page(rows, items, pipelines, _lock(folder))


def _lock(folder: Path) -> Lock:
    from lrquiz.errors import BankError
    from lrquiz.verify.lock.file import lock_path, read_lock, remedy

    lock = read_lock(folder)
    if lock is None:
        message = f"{lock_path(folder)}: there is no lock to take figures from; {remedy(folder)}"
        raise BankError(message)
    return lock
