"""What recipes exist and what each takes and records: data, so that lint needs no torch.

The code that runs a recipe is in `lrquiz.experiments.recipes`; a test keeps both in step.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """One setting of a recipe's arms."""

    default: Any
    """its type is the setting's type"""
    meaning: str
    choices: tuple[str, ...] = ()
    at_least: float = -math.inf


@dataclass(frozen=True, slots=True)
class RecipeInfo:
    """What the catalogue knows of one recipe."""

    name: str
    summary: str
    fields: Mapping[str, Field]
    records: frozenset[str]
    deterministic: bool = False
    """no randomness: one run, repeated once to be equal, is the whole evidence"""
    facts: tuple[int, ...] = ()
    """further numbers that are true of it and that a stem may say: rows, columns, layers"""
    batched: bool = False
    """its trials are trained together, as one stacked tensor program"""

    def complete(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        """Return `settings` with every default filled in, numbers in their field's type."""
        given = {name: settings.get(name, field.default) for name, field in self.fields.items()}
        return {
            name: float(value) if isinstance(self.fields[name].default, float) else value
            for name, value in given.items()
        }

    def faults(self, settings: Mapping[str, Any]) -> Iterator[str]:
        """Yield what is wrong with an arm's settings, with what to write instead."""
        for name, value in settings.items():
            if name in self.fields:
                yield from _value_faults(name, self.fields[name], value)
            else:
                yield f"{self.name} has no setting {name!r}; it has {', '.join(self.fields)}"


CALLS = MappingProxyType(
    {
        "zero_grad": "optimizer.zero_grad()",
        "forward": "loss = loss_fn(model(x), y)",
        "backward": "loss.backward()",
        "step": "optimizer.step()",
        "scheduler_step": "scheduler.step()",
    }
)
"""the calls a loop may be made of, and how each is written in code"""

_OPTIMIZERS = ("SGD", "Adam", "AdamW")

_DATA = (1000, 10, 800, 200, 2)  # rows, columns, training rows, test rows, classes

_CLASSIFIER = {
    "hidden": Field(16, "width of the hidden layer", at_least=1),
    "batch_size": Field(32, "rows per batch", at_least=1),
}

RECIPES = MappingProxyType(
    {
        each.name: each
        for each in (
            RecipeInfo(
                name="mlp_classifier",
                summary="A two-layer classifier on 1000 x 10 linearly separable points, 800/200.",
                fields={
                    "lr": Field(0.1, "learning rate", at_least=0.0),
                    "optimizer": Field("SGD", "class in torch.optim", choices=_OPTIMIZERS),
                    **_CLASSIFIER,
                },
                records=frozenset(
                    {"epoch.loss", "epoch.accuracy", "epoch.lr", "epoch.weight_change"}
                ),
                facts=_DATA,
                batched=True,
            ),
            RecipeInfo(
                name="scheduler_trace",
                summary="The rate a torch.optim.lr_scheduler sets, epoch by epoch.",
                fields={
                    "lr": Field(0.1, "rate given to the optimizer", at_least=0.0),
                    "step_size": Field(5, "scheduler steps between two decays", at_least=1),
                    "gamma": Field(0.5, "factor of each decay", at_least=0.0),
                    "batches": Field(25, "batches per epoch", at_least=1),
                    "stepped": Field("epoch", "when step() is called", choices=("epoch", "batch")),
                },
                records=frozenset({"epoch.lr", "epoch.lr_after"}),
                deterministic=True,
            ),
            RecipeInfo(
                name="training_loop",
                summary="A training loop made of an ordered list of calls, run as it stands.",
                fields={
                    "calls": Field(
                        ("zero_grad", "forward", "backward", "step"),
                        "calls made for each batch, in order",
                        choices=tuple(CALLS),
                    ),
                    "lr": Field(0.001, "learning rate", at_least=0.0),
                    "optimizer": Field("Adam", "class in torch.optim", choices=_OPTIMIZERS),
                    **_CLASSIFIER,
                },
                records=frozenset({"epoch.loss", "epoch.lr", "epoch.weight_change", "events"}),
                facts=_DATA,
            ),
        )
    }
)


def _value_faults(name: str, field: Field, value: object) -> Iterator[str]:
    wanted = type(field.default)
    if not _is_a(wanted, value):
        kind = {float: "a number", int: "a whole number", str: "text", tuple: "a list of names"}
        yield f"{name} = {value!r} is not {kind[wanted]} ({field.meaning})"
        return
    for each in value if isinstance(value, list | tuple) else (value,):
        if field.choices and each not in field.choices:
            yield f"{name}: {each!r} is not one of {', '.join(field.choices)}"
        if isinstance(each, int | float) and not field.at_least <= each < math.inf:
            yield f"{name} = {each!r} must be finite and at least {field.at_least:g}"


def _is_a(wanted: type, value: object) -> bool:
    if isinstance(value, bool):
        return False
    if wanted is tuple:
        return isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
    return isinstance(value, int | float if wanted is float else wanted)
