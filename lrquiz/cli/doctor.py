"""`lrquiz doctor`: what holds on this machine."""

from __future__ import annotations

import click

from lrquiz.cli.common import json_option, print_json


@click.command("doctor")
@json_option
def doctor_command(*, as_json: bool) -> int:
    """Say what holds on this machine.

    Exits with 1 when student code cannot be contained here as the tier `full` asks.
    """
    import platform

    from lrquiz.evidence.store import default_store
    from lrquiz.model.run import FULL, NONE
    from lrquiz.sandbox import NOT_CONTAINED, probe_tier

    tier = probe_tier()
    rows = {
        "lrquiz": _version("lrquiz"),
        "torch": _version("torch"),
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "evidence store": str(default_store()),
        "containment": tier.name,
        **dict(tier.facts),
    }
    if as_json:
        values: dict[str, object] = {"facts": rows, "tier": tier.name}
        values |= {"reason": tier.reason, "remedy": tier.remedy}
        values["not_contained"] = [] if tier.name in (FULL, NONE) else list(NOT_CONTAINED)
        print_json("lrquiz/doctor", values)
    else:
        width = max(map(len, rows))
        for name, value in rows.items():
            click.echo(f"{name:{width}}  {value}")
        if tier.name == NONE:
            click.echo(f"\nSubmissions cannot be graded here: {tier.reason}\n  {tier.remedy}")
        elif tier.name != FULL:
            click.echo(
                f"\nSubmissions are contained less well here: {tier.reason}\n  {tier.remedy}"
            )
            click.echo("Until then `lrquiz grade --tier reduced` does not contain this:")
            for each in NOT_CONTAINED:
                click.echo(f"  - {each}")
    return 0 if tier.name == FULL else 1


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
