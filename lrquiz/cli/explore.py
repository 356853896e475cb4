"""`lrquiz bank explore`: what can be claimed of an experiment."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lrquiz.cli.common import (
    TrialCount,
    allow_local_option,
    data_root_option,
    json_option,
    laboratory,
    people,
    print_json,
    progress_bar,
)

if TYPE_CHECKING:
    from rich.console import Console

    from lrquiz.experiments.laboratory import Laboratory
    from lrquiz.model.item import Experiment
    from lrquiz.verify.exploring.explore import Exploration, Explored

_MOST_ARMS = 8  # claims on pairs of arms grow with the square
_SEEDS = ("64", "128", "256", "512")


@click.command("explore")
@click.argument("recipe")
@click.option(
    "--arm",
    "arms",
    multiple=True,
    metavar="NAME:FIELD=VALUE,...",
    help="An arm and the settings in which it differs from the recipe's defaults; repeat for more "
    "(default: one arm, given, with the defaults).",
)
@click.option(
    "--epochs",
    type=click.IntRange(1, 1000),
    default=20,
    show_default=True,
    help="Epochs of each run.",
)
@click.option(
    "--seeds",
    type=click.Choice(_SEEDS),
    default=_SEEDS[-1],
    show_default=True,
    help="The most seeds of each arm; fewer are trained when they decide everything.",
)
@data_root_option
@allow_local_option
@json_option
def explore_command(  # noqa: PLR0913 - one for each option
    recipe: str,
    arms: tuple[str, ...],
    epochs: int,
    seeds: str,
    *,
    allow_local: bool,
    as_json: bool,
) -> int:
    """Train an experiment and print what can be claimed of it.

    RECIPE is one of `lrquiz bank recipes`, or the path of a Python file, as ./mine.py. Values are
    written as in TOML; a bare word is a text, and a list stands in brackets:

    \b
      lrquiz bank explore mlp_classifier --arm low:lr=0.1 --arm high:lr=10
      lrquiz bank explore training_loop --arm "no_step:calls=[forward, backward]"

    Supported claims can be keys of an item and refuted ones its distractors, each with its TOML
    and a sentence for the option; undecided ones can be neither.
    """  # noqa: D301 - click keeps the lines after its mark as they are
    experiment = _experiment(recipe, arms, epochs)
    console, count, start = people(), TrialCount(), time.monotonic()
    with laboratory(count, allow_local=allow_local) as opened:
        found = _explore(experiment, int(seeds), console, opened, count)
    seconds = time.monotonic() - start
    if as_json:
        print_json("lrquiz/explored", _document(experiment, found, count, seconds))
        return 0
    _show(found)
    console.print(f"{len(found.claims)} claims decided in {seconds:.1f} s: {count}.")
    return 0


def _experiment(recipe: str, texts: tuple[str, ...], epochs: int) -> Experiment:
    from lrquiz.bank.arm_option import read_arms
    from lrquiz.bank.finding import find_recipe, recipe_info
    from lrquiz.errors import RecipeError
    from lrquiz.model.item import Experiment

    found = find_recipe(recipe, Path.cwd())
    if len(texts) > _MOST_ARMS:
        raise RecipeError(f"these are {len(texts)} arms; explore {_MOST_ARMS} at once at most")
    return Experiment(found, epochs, read_arms(texts, recipe_info(found)))


def _explore(
    experiment: Experiment,
    seeds: int,
    console: Console,
    opened: Laboratory,
    count: TrialCount,
) -> Exploration:
    from lrquiz.verify.exploring.explore import explore

    with progress_bar(console) as bar:
        task = bar.add_task(f"exploring {experiment.recipe}", total=seeds * len(experiment.arms))
        count.changed = lambda: bar.update(task, completed=count.trained + count.kept)
        return explore(experiment, opened, seeds)


def _show(found: Exploration) -> None:
    from lrquiz.model.verdict import Verdict
    from lrquiz.render.terminal import curves

    for verdict, use in (
        (Verdict.SUPPORTED, "can be a key"),
        (Verdict.REFUTED, "can be a distractor"),
        (Verdict.UNDECIDED, "can be neither"),
    ):
        claims = found.having(verdict)
        if claims:
            click.echo(f"{verdict}: {use}\n")
            click.echo("\n".join(map(_lines, claims)))
    seeds = f", median of {found.seeds} seeds" if found.seeds > 1 else ""
    click.echo(f"{found.quantity} by epoch{seeds}")
    click.echo(curves(found.curves, encoding=sys.stdout.encoding or "ascii"))


def _lines(each: Explored) -> str:
    from lrquiz.evidence.claim_text import toml_of
    from lrquiz.verify.rejection import how_often

    return f"  {how_often(each.decision)}: {each.sentence}\n    {toml_of(each.decision.claim)}\n"


def _document(
    experiment: Experiment, found: Exploration, count: TrialCount, seconds: float
) -> dict[str, Any]:
    import lrquiz
    from lrquiz.bank.finding import recipe_info
    from lrquiz.experiments.laboratory import torch_version
    from lrquiz.model.recorded import numbers

    info = recipe_info(experiment.recipe)
    return {
        "versions": {"lrquiz": lrquiz.__version__, "torch": torch_version()},
        "seconds": round(seconds, 3),
        "trials": {"trained": count.trained, "kept": count.kept},
        "recipe": str(experiment.recipe),
        "epochs": experiment.epochs,
        "seeds": found.seeds,
        "arms": {name: info.complete(each) for name, each in experiment.arms.items()},
        "claims": [_claim(each) for each in found.claims],
        "quantity": found.quantity,
        "curves": {arm: list(numbers(values)) for arm, values in found.curves.items()},
    }


def _claim(each: Explored) -> dict[str, Any]:
    from lrquiz.cli.verify_json import decision_values
    from lrquiz.evidence.claim_text import toml_of

    return {
        **decision_values(each.decision),
        "toml": toml_of(each.decision.claim),
        "sentence": each.sentence,
        "telling": each.is_telling,
    }
