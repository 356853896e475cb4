"""`lrquiz cache`: look at the evidence cache, and empty it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lrquiz.cli.common import json_option, people, print_json

if TYPE_CHECKING:
    from lrquiz.resources.cache import ContentCache


@click.group("cache")
def cache_group() -> None:
    """Look at the cache of evidence, and empty it.

    What was trained is kept in the folder LRQUIZ_CACHE (default: lrquiz/evidence in the user's
    cache folder), up to LRQUIZ_CACHE_LIMIT (default: 1G); what was used least recently goes first.
    """


@cache_group.command("info")
@json_option
def info_command(*, as_json: bool) -> int:
    """Say where the cache is, what it holds, and what it may hold."""
    found = _cache().info()
    values = {
        "folder": str(found.folder),
        "entries": found.entries,
        "bytes": found.bytes,
        "limit": found.limit,
    }
    if as_json:
        print_json("lrquiz/cache", values)
        return 0
    rows = {**values, "size": in_words(found.bytes), "limit": in_words(found.limit)}
    for name in ("folder", "entries", "size", "limit"):
        click.echo(f"{name:7}  {rows[name]}")
    return 0


@cache_group.command("clear")
@json_option
def clear_command(*, as_json: bool) -> int:
    """Remove everything kept; evidence that is wanted again is trained again.

    Files that lrquiz did not write stay where they are.
    """
    cache = _cache()
    entries, size = cache.clear()
    if as_json:
        values = {"folder": str(cache.folder), "entries": entries, "bytes": size}
        print_json("lrquiz/cache-cleared", values)
    else:
        noun = "entry" if entries == 1 else "entries"
        people().print(f"removed {entries} {noun}, {in_words(size)}, from {cache.folder}")
    return 0


def in_words(size: float) -> str:
    """Return a number of bytes as people read it, in powers of 1024."""
    for unit in ("bytes", "KiB", "MiB", "GiB"):
        if size < 1024:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1024
    return f"{size:.1f} TiB"


def _cache() -> ContentCache:
    from lrquiz.evidence.store import default_limit, default_store
    from lrquiz.resources.cache import ContentCache

    return ContentCache(default_store(), default_limit())
