"""Small banks that prove in a moment: the scheduler item, which reads facts off PyTorch."""

from __future__ import annotations

from pathlib import Path

from lrquiz.resources.locate import shipped_bank

ITEM = "scheduler-halving"


def small_bank(folder: Path) -> Path:
    """Make a bank of one item with three variants, and a blueprint that asks for it."""
    (folder / "items").mkdir(parents=True)
    (folder / "blueprints").mkdir()
    (source,) = (shipped_bank() / "items").rglob(f"{ITEM}.toml")
    item_file(folder).write_text(source.read_text())
    blueprint = 'title = "t"\n[[pick]]\nitems = ["scheduler-halving"]\n'
    (folder / "blueprints" / "headline.toml").write_text(blueprint)
    return folder


def item_file(bank: Path) -> Path:
    return bank / "items" / f"{ITEM}.toml"


def change(path: Path, old: str, new: str) -> None:
    """Replace a part of a file that must be there."""
    text = path.read_text()
    assert old in text, f"nothing to change: {old}"
    path.write_text(text.replace(old, new))
