"""`lrquiz doctor`: what holds on this machine."""

from __future__ import annotations

import click

from lrquiz.cli.common import json_option, print_json


@click.command("doctor")
@json_option
def doctor_command(*, as_json: bool) -> int:
    """Say what holds on this machine.

    Exits with 1 when student code cannot be contained here.
    """
    import platform

    from lrquiz.evidence.store import default_store
    from lrquiz.sandbox import probe_tier

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
        values = {"facts": rows, "tier": tier.name, "reason": tier.reason, "remedy": tier.remedy}
        print_json("lrquiz/doctor", values)
    else:
        width = max(map(len, rows))
        for name, value in rows.items():
            click.echo(f"{name:{width}}  {value}")
        if tier.reason:
            click.echo(f"\nSubmissions cannot be graded here: {tier.reason}\n  {tier.remedy}")
    return 0 if tier.name == "full" else 1


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
