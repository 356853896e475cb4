"""Decisions and traces made by hand, so that verdicts can be seen without training."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from lrquiz.bank.bank import load_bank
from lrquiz.bank.items import load_item
from lrquiz.bank.variants import variants_of
from lrquiz.evidence.claims import readings
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.model.item import Claim, Experiment, Item, Variant
from lrquiz.model.trace import Trace
from lrquiz.resources.locate import shipped_bank


def shipped_items() -> list[Item]:
    return list(load_bank(shipped_bank()).select([]))


def shipped(name: str) -> Variant:
    """Return the first variant of a shipped item."""
    (path,) = (Path(shipped_bank()) / "items").rglob(f"{name}.toml")
    return variants_of(load_item(path))[0]


def losses(*values: float) -> Trace:
    """Return a trace that recorded these losses and an accuracy of one half."""
    return Trace(
        epochs={"loss": values, "accuracy": (0.5,) * len(values)},
        recorded=frozenset({"epoch.loss", "epoch.accuracy"}),
        planned_epochs=len(values),
    )


def rates(start: tuple[float, ...], after: tuple[float, ...]) -> Trace:
    """Return a trace that recorded these learning rates."""
    return Trace(
        epochs={"lr": start, "lr_after": after},
        recorded=frozenset({"epoch.lr", "epoch.lr_after"}),
        planned_epochs=len(start),
    )


@dataclass
class RecordedRuns:
    """A fixture that returns recorded traces where the laboratory would train for them.

    It stands in for `Laboratory.trials` alone, and notes which seeds were asked for.
    """

    trace: Callable[[str, int], Trace]
    """from an arm and a seed to what was recorded"""
    asked: list[range] = field(default_factory=list)

    def trials(self, experiment: Experiment, seeds: range) -> dict[str, tuple[Trace, ...]]:
        self.asked.append(seeds)
        return {arm: tuple(self.trace(arm, seed) for seed in seeds) for arm in experiment.arms}

    @property
    def as_laboratory(self) -> Laboratory:
        return cast("Laboratory", self)


def without_clock(claim: Claim) -> Claim:
    """Return the claim with its clock left open."""
    open_claim = Claim(
        claim.predicate,
        {name: value for name, value in claim.parameters.items() if name != "clock"},
        claim.quantifier,
        claim.says,
    )
    assert len(readings(open_claim)) > 1
    return open_claim
