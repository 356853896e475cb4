"""Mutants of experiments: the item stays as it is, something else is trained behind its back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lrquiz.bank.finding import recipe_info
from lrquiz.bank.settings import CALLS
from lrquiz.model.item import Experiment, Settings
from lrquiz.verify.audit.mutants import ExperimentMutant, Kind

_RATE_FACTORS = (0.1, 10.0)
_SCHEDULE_FACTORS = (0.5, 2.0)
_OF_SCHEDULES = ("gamma", "step_size", "start_factor", "total_iters", "patience")
"""numbers of a schedule; they are changed where an arm names them"""


def experiment_mutants(experiment: Experiment) -> Iterator[ExperimentMutant]:
    """Yield every mutant of an experiment; of an item that runs none, there is none."""
    if not experiment.arms:
        return
    for arm, settings in experiment.arms.items():
        yield from _of_settings(experiment, arm, settings)
    if "calls" in recipe_info(experiment.recipe).fields:
        yield from _without_listed_calls(experiment)
    else:
        yield from _without_calls(experiment)


def _of_settings(
    experiment: Experiment, arm: str, settings: Settings
) -> Iterator[ExperimentMutant]:
    """Change every learning rate of an arm, and each number of a schedule that it names."""
    info = recipe_info(experiment.recipe)
    complete = info.complete(settings)
    numbers: list[tuple[Kind, str, list[Any]]] = []
    for name, field in info.fields.items():
        if field.is_rate and complete[name] is not None:
            rates = [float(f"{complete[name] * factor:.6g}") for factor in _RATE_FACTORS]
            numbers.append((Kind.RATE, name, rates))
    named = [name for name in _OF_SCHEDULES if name in settings and name in info.fields]
    numbers += [(Kind.SCHEDULE, name, _beside(complete[name])) for name in named]
    for kind, name, values in numbers:
        for value in values:
            changed = {**settings, name: value}
            if value != complete[name] and not any(info.faults(changed)):
                arms = {**experiment.arms, arm: changed}
                what = f"{arm}: {name} = {value:g} in place of {complete[name]:g}"
                yield ExperimentMutant(kind, what, arms, changed=(arm, name))


def _beside(value: float) -> list[float]:
    """Return what a number of a schedule becomes; whole numbers stay whole."""
    if isinstance(value, int):
        return [value - 1, value + 1]
    return [float(f"{value * factor:.6g}") for factor in _SCHEDULE_FACTORS]


def _without_listed_calls(experiment: Experiment) -> Iterator[ExperimentMutant]:
    """Take each call out of each arm that lists it."""
    info = recipe_info(experiment.recipe)
    for arm, settings in experiment.arms.items():
        calls = info.complete(settings)["calls"]
        for call in dict.fromkeys(calls):
            rest = [each for each in calls if each != call]
            arms = {**experiment.arms, arm: {**settings, "calls": rest}}
            yield ExperimentMutant(Kind.DROPPED, f"{arm}: {call}", arms)


def _without_calls(experiment: Experiment) -> Iterator[ExperimentMutant]:
    """Let each call do nothing in the loop of all arms; a scheduler must be there to be dropped."""
    info = recipe_info(experiment.recipe)
    complete = [info.complete(settings) for settings in experiment.arms.values()]
    for call in CALLS:
        if call == "forward" or (call == "scheduler_step" and not any(map(_schedules, complete))):
            continue
        yield ExperimentMutant(Kind.DROPPED, f"all arms: {call}", experiment.arms, without=call)


def _schedules(settings: Mapping[str, Any]) -> bool:
    return bool(settings.get("schedule", "none") != "none")
