"""Arms as text: what to call them in a sentence, and an example of some in TOML."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lrquiz.bank.finding import recipe_info
from lrquiz.bank.recipe import RecipeInfo
from lrquiz.evidence.claim_text import toml_value
from lrquiz.model.item import Experiment, Settings

_PHRASES = {
    "lr": "learning rate {}",
    "optimizer": "{}",
    "hidden": "{} hidden units",
    "batches": "{} batches per epoch",
    "calls": "the calls {}",
    "stepped": "scheduler.step() after each {}",
    "best_epoch": "a metric that falls until epoch {}",
}
"""settings whose name and value alone make no words"""

_UNSET = {"momentum": "no momentum", "clip_norm": "no clipping"}
"""settings that are off unless they are set"""


def arms_in_words(experiment: Experiment) -> dict[str, str]:
    """Return what to call each arm in a sentence: the settings in which it differs from others."""
    info = recipe_info(experiment.recipe)
    arms = {name: _complete(info, settings) for name, settings in experiment.arms.items()}
    return {name: _phrase(name, arms, experiment.arms[name]) for name in arms}


def listed(words: Sequence[str]) -> str:
    """Return `a`, `a and b`, or `a, b and c`."""
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _complete(info: RecipeInfo, settings: Settings) -> dict[str, Any]:
    """Return all settings of an arm, lists as tuples: the default of a list is one."""
    complete = info.complete(settings).items()
    return {name: tuple(value) if isinstance(value, list) else value for name, value in complete}


def _phrase(name: str, arms: Mapping[str, Settings], stated: Settings) -> str:
    own = arms[name]
    others = [settings for arm, settings in arms.items() if arm != name]
    telling = [each for each in own if any(other[each] != own[each] for other in others)]
    if not others:
        telling = [each for each in own if each in stated]
    if not telling:
        return f"arm {name}" if others else "the default settings"
    return listed([_setting(each, own[each]) for each in telling])


def _setting(name: str, value: object) -> str:
    """Return `learning rate 0.1`, `no schedule`, `the default momentum` and the like."""
    words = name.replace("_", " ")
    if value is None:  # not "no": AdamW, say, has a weight decay of its own
        return _UNSET.get(name, f"the default {words}")
    if value == "none":
        return f"no {words}"
    if isinstance(value, tuple):
        value = ", ".join(map(str, value))
    shown = f"{value:g}" if isinstance(value, float) else str(value)
    return _PHRASES.get(name, f"{words} {{}}").format(shown)


def example_experiment(info: RecipeInfo) -> str:
    """Return an `[experiment]` table that an item file may hold, as TOML."""
    arms = [f"arms.reference = {_inline(_first(info))}"]
    for changed in _changes(info):
        arms.append(f"arms.changed = {_inline(changed)}")
        break
    return "\n".join(["[experiment]", f'recipe = "{info.name}"', "epochs = 10", *arms])


def _first(info: RecipeInfo) -> dict[str, Any]:
    """Return the defaults of the setting to change: the first number, else the first of all."""
    numbers = [name for name, field in info.fields.items() if isinstance(field.default, float)]
    return {name: info.fields[name].default for name in (numbers or list(info.fields))[:1]}


def _changes(info: RecipeInfo) -> Iterator[dict[str, Any]]:
    """Yield the first setting with other values that the recipe takes."""
    for name, value in _first(info).items():
        others = (10 * value, value / 10) if isinstance(value, float) else info.fields[name].choices
        for other in others:
            if other != value and not list(info.faults({name: other})):
                yield {name: other}


def _inline(settings: Mapping[str, Any]) -> str:
    return f"{{ {', '.join(f'{name} = {toml_value(settings[name])}' for name in settings)} }}"
