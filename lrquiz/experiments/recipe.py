"""Find a recipe's module and run one trial of it on the reference engine."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from types import ModuleType, SimpleNamespace
from typing import Any

import torch
from torch import nn

from lrquiz.experiments.local_recipe import load_local
from lrquiz.experiments.recipes.plain_loop import PARTS, train_plain
from lrquiz.model.item import Code, LocalCode
from lrquiz.model.trace import Trace


def load_recipe(recipe: Code) -> ModuleType:
    """Return the module of a recipe; a bank's own is executed."""
    if isinstance(recipe, LocalCode):
        return load_local(recipe)
    return importlib.import_module(f"lrquiz.experiments.recipes.{recipe}")


def make_arm(recipe: ModuleType, settings: Mapping[str, Any]) -> Any:  # noqa: ANN401 - the recipe's own type
    """Return completed settings as the recipe's arm."""
    return recipe.Arm(**{k: tuple(v) if isinstance(v, list) else v for k, v in settings.items()})


def run_plain(recipe: ModuleType, arm: Any, seed: int, epochs: int) -> Trace:  # noqa: ANN401
    """Train one trial by the recipe's own loop, or by the reference loop if it brings none."""
    if hasattr(recipe, "run"):
        trace: Trace = recipe.run(arm, seed, epochs)
        return trace
    return train_plain(recipe, arm, seed, epochs)


def run_nudged(recipe: ModuleType, arm: Any, seed: int, epochs: int, nudge: float) -> Trace:  # noqa: ANN401
    """Train one trial on the reference loop, its first weights scaled by `1 + nudge`."""

    def make_model(settings: Any) -> nn.Sequential:  # noqa: ANN401
        model: nn.Sequential = recipe.make_model(settings)
        with torch.no_grad():
            for weight in model.parameters():
                weight.mul_(1 + nudge)
        return model

    parts = {name: getattr(recipe, name) for name in PARTS}
    return train_plain(SimpleNamespace(**{**parts, "make_model": make_model}), arm, seed, epochs)
