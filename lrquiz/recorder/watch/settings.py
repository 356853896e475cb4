"""How optimizers are set, and attributes and keys that torch does not read."""

from __future__ import annotations

import difflib
from typing import Any

from torch import Tensor
from torch.optim import Optimizer

_SETTINGS = ("lr", "momentum", "weight_decay", "maximize")
_OWN_KEYS = frozenset({"initial_lr", "max_lr", "min_lr", "param_names", "name", "params"})
"""keys of groups that torch itself adds or passes on"""
_RATES = ("lr", "rate", "learning_rate", "learningrate", "learn_rate", "lrate", "step_size")
"""what a key is called that is meant to be `lr`"""
_LIKE, _ALIKE = 0.8, 0.85


def settings_of(optimizer: Optimizer) -> tuple[dict[str, float], dict[str, str]]:
    """Return what an optimizer was given: numbers; and as words a key that it does not read."""
    groups, defaults = optimizer.param_groups, optimizer.defaults
    first = groups[0]
    numbers = {name: float(first[name]) for name in _SETTINGS if _is_number(first.get(name))}
    numbers["groups"] = float(len(groups))
    if _is_number(defaults.get("lr")):
        numbers["default_lr"] = float(defaults["lr"])
    rates = {float(group["lr"]) for group in groups if _is_number(group.get("lr"))}
    numbers["rates"] = float(len(rates))
    numbers["has_state"] = float(type(optimizer).__name__ != "SGD" or bool(first.get("momentum")))
    for group in groups:
        for key in sorted(set(group) - set(defaults) - _OWN_KEYS):
            meant = _meant(key, list(defaults))
            if meant and _is_number(group[key]) and group.get(meant) == defaults.get(meant):
                numbers |= {"given": float(group[key]), "used": float(defaults[meant] or 0)}
                return numbers, {"unread": key, "meant": meant}
    return numbers, {}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Tensor) and (
        not isinstance(value, Tensor) or value.numel() == 1
    )


def _meant(key: str, known: list[str]) -> str:
    """Return the setting that a key of a group was meant to be; empty where there is none."""
    plain = key.lower()
    if plain in _RATES:
        return "lr"
    return next(iter(difflib.get_close_matches(plain, known, 1, _LIKE)), "")


def typo_in(thing: Any) -> dict[str, str]:  # noqa: ANN401 - a tensor or a module
    """Return the attribute that was set on a thing in place of `requires_grad`, as `typo`."""
    known = {"requires_grad"} if isinstance(thing, Tensor) else set()
    found = [
        name
        for name in getattr(thing, "__dict__", None) or {}
        if isinstance(name, str)
        and "gr" in name
        and _is_like_requires_grad(name)
        and name not in known
    ]
    return {"typo": found[0]} if found else {}


def _is_like_requires_grad(name: str) -> bool:
    plain = name.lower().replace("_", "")
    return bool(difflib.get_close_matches(plain, ["requiresgrad"], 1, _ALIKE))
