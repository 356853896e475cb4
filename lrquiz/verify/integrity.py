"""Evidence must be of what its arm says: a recipe that trains something else proves nothing.

A claim is decided on what runs show, and an item's words are checked against its arms. This is the
third side: what a run recorded of itself, against the arm that it is evidence for.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence

from lrquiz.bank.finding import recipe_info
from lrquiz.bank.settings import CALLS
from lrquiz.errors import ContradictionError
from lrquiz.model.item import Experiment, Settings
from lrquiz.model.trace import Trace

_BEGIN_AT_LR = frozenset(
    {"none", "StepLR", "ExponentialLR", "CosineAnnealingLR", "ReduceLROnPlateau"}
)
"""schedules whose first rate is the arm's; others begin at a share of it that they choose"""
_OF_DECAYS = 1e-6  # they multiply again and again
_TOLERANCE = 1e-9  # rates are read from the optimizer that was given them: equal up to rounding


def refuse_contradictions(
    experiment: Experiment, runs: Mapping[str, Sequence[Trace]], seeds: range
) -> None:
    """Refuse runs whose record contradicts their arm.

    Raises:
        ContradictionError: a rate that training began with, or went on with by a decay that has a
            formula, or the calls of its first batch, are not those of the arm.
    """
    info = recipe_info(experiment.recipe)
    for arm, traces in runs.items():
        settings = info.complete(experiment.arms[arm])
        # All seeds of an arm run the same code: one of them shows its calls.
        found = _other_calls(settings, traces[0]) if traces else ""
        names = [name for name, field in info.fields.items() if field.is_rate]
        rates = (
            _other_rate(names, settings, trace) or _other_decay(settings, trace) for trace in traces
        )
        seed, found = next(
            ((seed, each) for seed, each in zip(seeds, rates, strict=True) if each),
            (seeds.start, found),
        )
        if found:
            message = (
                f"recipe {experiment.recipe}, arm {arm!r}, seed {seed}: {found}; mend the recipe, "
                "which must train what the arm says"
            )
            raise ContradictionError(message)


def _other_rate(names: Sequence[str], settings: Settings, trace: Trace) -> str:
    """Return how a first rate differs from the arm's; empty where none does, or none is set."""
    if settings.get("schedule", "none") not in _BEGIN_AT_LR:
        return ""
    for name in names:
        said = settings[name]
        if said is None or f"epoch.{name}" not in trace.recorded or not trace.epoch(name):
            continue
        first = trace.epoch(name)[0]
        if not math.isclose(first, said, rel_tol=_TOLERANCE):
            return f"it says {name} = {said:g}, but training began with {first:g}"
    return ""


def _other_decay(settings: Settings, trace: Trace) -> str:
    """Return where a rate leaves the arm's decay; empty where it does not, or is not by epochs."""
    sizes = {"none": math.inf, "StepLR": settings.get("step_size"), "ExponentialLR": 1}
    size = sizes.get(settings.get("schedule", ""))
    if size is None or "epoch.lr" not in trace.recorded or settings.get("stepped") != "epoch":
        return ""
    for epoch, rate in enumerate(trace.epoch("lr")):
        said = settings["lr"] * settings["gamma"] ** (epoch // size)
        if not math.isclose(rate, said, rel_tol=_OF_DECAYS):
            return f"by its schedule lr = {said:g} in epoch {epoch}, counted from 0, not {rate:g}"
    return ""


def _other_calls(settings: Settings, trace: Trace) -> str:
    """Return how the first batch's calls differ from the arm's; empty where they do not."""
    if "events" not in trace.recorded or "calls" not in settings:
        return ""
    said = [call for call in settings["calls"] if call in CALLS]
    seen = [event.kind for event in itertools.islice(trace.events, len(said))]
    # A run that stopped early may have stopped in its first batch.
    if seen == said or (trace.stopped is not None and seen == said[: len(seen)]):
        return ""
    return f"it says calls = {', '.join(said)}, but the first ones were {', '.join(seen) or 'none'}"
