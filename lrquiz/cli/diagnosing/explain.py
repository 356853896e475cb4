"""`lrquiz explain`: what a coded mistake is, and how to learn about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from lrquiz.cli.common import json_option, print_json

if TYPE_CHECKING:
    from lrquiz.diagnosis.catalogue import Entry


@click.command("explain")
@click.argument("code", required=False)
@json_option
def explain_command(code: str | None, *, as_json: bool) -> int:
    """Explain a mistake in training code by its code, such as G1; without one, list them all.

    Codes are those that `lrquiz diagnose` and feedback pages tell.
    """
    from lrquiz.diagnosis.catalogue import catalogue, entry_of

    entries = list(catalogue().values()) if code is None else [entry_of(code)]
    if as_json:
        print_json("lrquiz/mistakes", {"mistakes": [_values(each) for each in entries]})
    elif code is None:
        click.echo("\n".join(_list(entries)))
    else:
        click.echo(_page(entries[0]))
    return 0


def _values(entry: Entry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "title": entry.title,
        "group": entry.group,
        "what": entry.what,
        "example": entry.example,
        "change": entry.change,
        "decidable": entry.decidable,
        "reason": entry.reason or None,
        "items": list(entry.items),
    }


def _list(entries: list[Entry]) -> list[str]:
    lines, group = [], ""
    for each in entries:
        if each.group != group:
            group = each.group
            lines.append(f"{group}:")
        mark = "" if each.decidable else "  (not told by diagnose)"
        lines.append(f"  {each.code:4} {each.title}{mark}")
    return lines


def _page(entry: Entry) -> str:
    example = "\n".join(f"    {line}".rstrip() for line in entry.example.rstrip().split("\n"))
    told = "`lrquiz diagnose` tells of it." if entry.decidable else f"Not told: {entry.reason}"
    items = ", ".join(entry.items) or "none in the shipped bank"
    return (
        f"{entry.code}: {entry.title}\n\n{entry.what}\n\n{example}\n\n"
        f"Change: {entry.change}\n{told}\nItems that teach it: {items}"
    )
