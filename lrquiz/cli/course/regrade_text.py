"""What `lrquiz regrade` says, for people and for programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from lrquiz.grade.people.effects import Move
    from lrquiz.grade.people.regrading import Regrade
    from lrquiz.model.decision import Decision
    from lrquiz.model.mark import Mark


def show(made: Regrade, console: Console, *, refused: bool, dry_run: bool) -> None:
    """Print who goes up or down, how many stay, and what became of the decision."""
    from lrquiz.grade.people.deciding_parts import what_was_decided

    for title, moves in (("up", made.up), ("down", made.down)):
        console.print(f"{title}: {len(moves)}")
        for each in moves:
            console.print(f"  {_line(each)}")
    before, after = made.means
    stay = len(made.moves) - len(made.up) - len(made.down)
    console.print(f"as before: {stay}\nmean: {_percent(before)} -> {_percent(after)}")
    if made.uncounted:
        console.print(f"marks by people do not count on: {', '.join(made.uncounted)}")
    said = what_was_decided(made.decision)
    if made.below:
        names = ", ".join(each.student for each in made.below)
        console.print(f"below what was released: {names}")
    if refused:
        console.print(f"nothing was changed; with --allow-lower: {said}")
    elif dry_run:
        console.print(f"a dry run, nothing was changed: {said}")
    else:
        console.print(f"decided by {made.decision.by}: {said}")


def regrade_json(made: Regrade, *, kept: bool, refused: bool) -> dict[str, Any]:
    """Return the same as JSON values."""
    before, after = made.means
    return {
        "work": made.decision.work,
        "decision": log_json([made.decision])[0],
        "kept": kept,
        "refused": refused,
        "up": [_values(each) for each in made.up],
        "down": [_values(each) for each in made.down],
        "as_before": len(made.moves) - len(made.up) - len(made.down),
        "mean": {"before": before, "after": after},
        "below_release": [each.student for each in made.below],
        "uncounted": list(made.uncounted),
    }


def log_json(decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    """Return decisions as JSON values."""
    from dataclasses import asdict

    return [{**asdict(each), "at": each.at.isoformat()} for each in decisions]


def log_line(each: Decision) -> str:
    """Return a decision as one line: when, by whom, what, why, and what it did."""
    from lrquiz.grade.people.cells import one_line
    from lrquiz.grade.people.deciding_parts import what_was_decided

    when = each.at.isoformat(sep=" ", timespec="minutes")
    did = f"{each.raised} up, {each.lowered} down"
    return one_line(f"{when}  {each.by}: {what_was_decided(each)}; {each.reason} ({did})")


def _line(move: Move) -> str:
    return f"{move.student}  {_shown(move.before)} -> {_shown(move.after)}"


def _shown(mark: Mark | None) -> str:
    from lrquiz.grade.people.effects import share

    if mark is None or mark.score is None:
        return "waits for a person"
    return f"{mark.score:g} of {mark.points:g} ({_percent(share(mark))})"


def _percent(share: float | None) -> str:
    return "none" if share is None else f"{100 * share:.3g} %"


def _values(move: Move) -> dict[str, Any]:
    def told(mark: Mark | None) -> dict[str, Any] | None:
        return None if mark is None else {"score": mark.score, "points": mark.points}

    return {"student": move.student, "before": told(move.before), "after": told(move.after)}
