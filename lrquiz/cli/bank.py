"""`lrquiz bank`: look at a bank."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

import click

from lrquiz.cli.audit import audit_command
from lrquiz.cli.common import (
    allow_local_option,
    bank_folder,
    bank_option,
    json_option,
    people,
    print_json,
)
from lrquiz.cli.explore import explore_command
from lrquiz.cli.lock import lock_command
from lrquiz.cli.seeds import seeds_command


@click.group("bank")
def bank_group() -> None:
    """Look at an item bank, explore what could be asked, and lock what it was proved to be."""


bank_group.add_command(audit_command)
bank_group.add_command(lock_command)
bank_group.add_command(explore_command)
bank_group.add_command(seeds_command)


@bank_group.command("list")
@bank_option
@allow_local_option
@json_option
def list_command(bank: Path | None, *, allow_local: bool, as_json: bool) -> int:
    """List the items of a bank."""
    from lrquiz.bank.bank import load_bank
    from lrquiz.bank.variants import variants_of

    items = load_bank(bank_folder(bank), allow_local=allow_local).select([])
    rows = [
        {
            "id": item.id,
            "type": str(item.type),
            "difficulty": item.difficulty,
            "objective": item.objective,
            "variants": len(variants_of(item)),
            "title": item.title,
        }
        for item in items
    ]
    if as_json:
        print_json("lrquiz/bank", {"items": rows})
    else:
        for row in rows:
            click.echo("  ".join(f"{row[name]!s:{width}}" for name, width in _COLUMNS).rstrip())
    return 0


@bank_group.command("lint")
@bank_option
@allow_local_option
@json_option
def lint_command(bank: Path | None, *, allow_local: bool, as_json: bool) -> int:
    """Check every item and pipeline file of a bank; exits with 1 when one has faults.

    Advice on writing better items is printed too and does not change the exit code.
    """
    from lrquiz.bank.advice import advice
    from lrquiz.bank.bank import load_bank, load_objectives
    from lrquiz.bank.consistency import inconsistencies
    from lrquiz.bank.pipelines import load_pipelines
    from lrquiz.bank.seeds import seed_faults

    folder = bank_folder(bank)
    loaded = load_bank(folder, allow_local=allow_local)
    objectives = load_objectives(folder)
    faults = [line for error in loaded.broken.values() for line in str(error).split("\n")]
    faults += [f"{item.path}: {each}" for item in loaded.items for each in inconsistencies(item)]
    ids = {path.stem for path in loaded.broken} | {item.id for item in loaded.items}
    pipelines = load_pipelines(folder, ids, allow_local=allow_local)
    faults += [line for error in pipelines.broken.values() for line in str(error).split("\n")]
    faults += seed_faults(folder, ids, pipelines.ids)
    hints = [f"{item.path}: {each}" for item in loaded.items for each in advice(item, objectives)]
    if as_json:
        values = {"items": len(loaded.items), "faults": faults, "advice": hints}
        print_json("lrquiz/lint", values)
    else:
        console = people()
        for line in [*faults, *(f"advice: {hint}" for hint in hints)]:
            console.print(line)
        total = len(loaded.items) + len(loaded.broken)
        console.print(f"{total} items: {len(faults)} faults, {len(hints)} pieces of advice")
    return 1 if faults else 0


@bank_group.command("predicates")
@json_option
def predicates_command(*, as_json: bool) -> int:
    """List what claims may say, each with an example and a sentence for an option."""
    from lrquiz.evidence.claim_text import example_of, example_sentence
    from lrquiz.evidence.predicates import PREDICATES

    rows = [
        {
            "name": each.name,
            "says": each.summary,
            "needs": sorted(each.needs),
            "example": example_of(each),
            "sentence": example_sentence(each),
        }
        for each in PREDICATES.values()
    ]
    if as_json:
        print_json("lrquiz/predicates", {"predicates": rows})
    else:
        for row in rows:
            click.echo(f"{row['name']}\n  {row['says']}\n  {row['example']}")
            click.echo(f"  {row['sentence']}\n")
    return 0


@bank_group.command("recipes")
@json_option
def recipes_command(*, as_json: bool) -> int:
    """List the experiments that items may run, with their settings and an example."""
    from lrquiz.bank.arms import example_experiment
    from lrquiz.bank.catalogue import RECIPES
    from lrquiz.evidence.claim_text import toml_value

    rows = [
        {
            "name": each.name,
            "summary": each.summary,
            "settings": {
                name: {"default": field.default, "meaning": field.meaning}
                for name, field in each.fields.items()
            },
            "records": sorted(each.records),
            "example": example_experiment(each),
        }
        for each in RECIPES.values()
    ]
    if as_json:
        print_json("lrquiz/recipes", {"recipes": rows})
        return 0
    for each in RECIPES.values():
        click.echo(f"{each.name}\n  {each.summary}\n  records {', '.join(sorted(each.records))}")
        for name, field in each.fields.items():
            default = "(unset)" if field.default is None else f"= {toml_value(field.default)}"
            click.echo(f"    {name:12} {default:14}  {field.meaning}")
        click.echo(indent(f"\n{example_experiment(each)}\n", "    "))
    return 0


_COLUMNS = (("id", 24), ("type", 16), ("difficulty", 10), ("objective", 24), ("title", 0))
