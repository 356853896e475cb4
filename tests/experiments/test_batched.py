"""The batched engine: the same numbers as the plain loop, trial by trial, or a refusal."""

from __future__ import annotations

import math
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from types import ModuleType
from typing import Any

import pytest
import torch
from torch import nn

from lrquiz.bank.catalogue import RECIPES
from lrquiz.errors import DisagreementError, RecipeError
from lrquiz.experiments import batched, worker
from lrquiz.experiments.agreement import Check, disagreement, refuse_disagreement
from lrquiz.experiments.batched import is_batchable, train_batched
from lrquiz.experiments.leads import Leads
from lrquiz.experiments.recipe import run_nudged
from lrquiz.experiments.recipes import mlp_classifier, softmax_classifier
from lrquiz.experiments.recipes.plain_loop import train_plain
from lrquiz.experiments.stacked import distances, stack
from lrquiz.experiments.stacked_optimizers import StackedOptimizer, StackedSGD, make_stacked
from lrquiz.model.trace import Trace
from lrquiz.recorder.builder import TraceBuilder
from tests.experiments.test_recipes import module_of


@pytest.mark.parametrize("name", RECIPES)
def test_catalogue_names_what_can_be_batched(name: str) -> None:
    """The torch-free catalogue and the code agree on which recipes the engine trains."""
    assert RECIPES[name].batched == is_batchable(module_of(name))


SETTINGS: dict[str, dict[str, Any]] = {
    "plain": {},
    "momentum": {"momentum": 0.9},
    "penalty": {"weight_decay": 0.1},
    "Adam": {"optimizer": "Adam", "lr": 0.01},
    "Adam with a penalty": {"optimizer": "Adam", "lr": 0.01, "weight_decay": 0.1},
    "AdamW": {"optimizer": "AdamW", "lr": 0.01},
    "clipped": {"clip_norm": 0.2, "momentum": 0.5},
    "steps": {"schedule": "StepLR", "step_size": 2},
    "exponential": {"schedule": "ExponentialLR", "gamma": 0.7},
    "cosine by batches": {"schedule": "CosineAnnealingLR", "stepped": "batch"},
    "warm-up": {"schedule": "LinearLR", "stepped": "batch", "total_iters": 30},
    "one cycle": {"schedule": "OneCycleLR", "stepped": "batch", "optimizer": "Adam", "lr": 0.05},
    "uneven batches": {"batch_size": 300},
}


@pytest.mark.parametrize("recipe", [mlp_classifier, softmax_classifier])
@pytest.mark.parametrize("settings", SETTINGS.values(), ids=SETTINGS)
def test_stable_training_gives_the_plain_loops_numbers(
    recipe: ModuleType, settings: dict[str, Any]
) -> None:
    """Each of several trials, trained together, agrees with the same trial trained alone."""
    arm = recipe.Arm(**settings)
    trials = [(arm, 0), (replace(arm, lr=arm.lr / 3), 0), (arm, 1), (arm, 7)]
    for (each, seed), trace in zip(trials, train_batched(recipe, trials, 5), strict=True):
        plain = train_plain(recipe, each, seed, 5)
        assert trace.recorded == plain.recorded
        assert trace.epoch("lr") == plain.epoch("lr")
        assert trace.epoch("lr_after") == plain.epoch("lr_after")
        for column in ("loss", "accuracy", "weight_change"):
            assert trace.epoch(column) == pytest.approx(plain.epoch(column), rel=1e-3, abs=5e-3)


def test_trials_of_one_stack_may_differ_in_all_that_is_per_trial() -> None:
    """Momentum, decay, clipping and schedule of one trial touch no other in its stack."""
    names = ("plain", "momentum", "penalty", "clipped", "steps", "cosine by batches", "warm-up")
    trials = [(mlp_classifier.Arm(**SETTINGS[name]), 2) for name in names]
    for (arm, seed), trace in zip(trials, train_batched(mlp_classifier, trials, 4), strict=True):
        assert not disagreement(partial(run_nudged, mlp_classifier, arm, seed, 4), trace)


@pytest.mark.parametrize("size", [1, 2, 7, 64])
def test_how_trials_are_stacked_changes_no_bit(size: int) -> None:
    """A trial has the same bits alone, with a few, and beside arms that explode."""
    arm = softmax_classifier.Arm()
    calm = [(arm, seed) for seed in range(size)]
    wild = [(replace(arm, lr=1e9, momentum=0.9), seed) for seed in range(5)]
    alone = train_batched(softmax_classifier, calm, 2)
    beside = train_batched(softmax_classifier, [*wild, *calm], 2)
    assert beside[len(wild) :] == alone
    assert not math.isfinite(beside[0].epoch("loss")[-1])


@pytest.mark.parametrize("rate", [10.0, 30.0])
def test_chaotic_training_gives_the_same_class_of_outcome(rate: float) -> None:
    """Where rounding grows into other numbers, the engines still agree on what becomes of it."""
    arm = mlp_classifier.Arm(lr=rate)
    traces = train_batched(mlp_classifier, [(arm, seed) for seed in range(4)], 20)
    references = [partial(run_nudged, mlp_classifier, arm, seed, 20) for seed in range(4)]
    assert not any(map(disagreement, references, traces))
    assert any(trace != reference(0.0) for reference, trace in zip(references, traces, strict=True))


def test_more_trials_than_one_stack_holds_come_back_in_order() -> None:
    """Beyond the bound of a stack, trials are trained in several and keep their places."""
    trials = [(mlp_classifier.Arm(hidden=1), seed) for seed in range(259)]
    traces = train_batched(mlp_classifier, trials, 1)
    assert len(traces) == len(trials)
    assert traces[-1] == train_batched(mlp_classifier, trials[-1:], 1)[0]


def test_a_layer_that_cannot_be_stacked_is_refused() -> None:
    """A network with a layer whose rows or trials would mix is refused by name."""
    with pytest.raises(ValueError, match="BatchNorm1d cannot be stacked"):
        stack([nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))])


def test_an_option_that_no_stack_knows_is_refused() -> None:
    """An option of torch.optim that the stacked form lacks is refused, not passed over."""
    arm = mlp_classifier.Arm()
    leads = Leads(mlp_classifier, [arm], rows=800, epochs=1)
    leads.options["nesterov"] = True
    with pytest.raises(ValueError, match="SGD nesterov cannot be stacked"):
        make_stacked("SGD", leads)


def test_engines_that_disagree_are_refused() -> None:
    """If stable training gives other numbers, or chaotic training another class, it is told."""
    calm, wild = mlp_classifier.Arm(lr=0.1), mlp_classifier.Arm(lr=1e9)
    other = train_batched(mlp_classifier, [(replace(calm, lr=0.1000001), 5), (wild, 5)], 3)
    reference = partial(run_nudged, mlp_classifier, calm, 5, 3)
    assert disagreement(reference, other[0]).startswith("lr differs")
    weaker = train_batched(mlp_classifier, [(replace(calm, weight_decay=0.01), 5)], 3)[0]
    assert disagreement(reference, weaker).startswith("loss differs")


def test_no_evidence_comes_of_engines_that_disagree(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker whose sample disagrees raises with the arm, the seed and the numbers."""

    def forgets_momentum(name: str, leads: Leads) -> StackedOptimizer:
        made = make_stacked(name, leads)
        assert isinstance(made, StackedSGD)
        made._momentum = None  # noqa: SLF001 - the mutant that the sample is to find
        return made

    monkeypatch.setattr(batched, "make_stacked", forgets_momentum)
    settings = RECIPES["mlp_classifier"].complete({"momentum": 0.5})
    trials = [worker.Trial(settings, 5, is_sample=True)]
    with pytest.raises(RecipeError, match=r"engines disagree on .*momentum=0.5.*: loss differs"):
        worker.train("mlp_classifier", trials, 3)


@pytest.mark.parametrize(
    "settings", [{"optimizer": "AdamW", "lr": 1.0, "weight_decay": 10.0}, {"momentum": 10.0}]
)
def test_overflow_has_no_accuracy(settings: dict[str, Any]) -> None:
    """Where the loss is no number, neither engine tells an accuracy from what overflowed first."""
    arm = mlp_classifier.Arm(**settings)
    (trace,) = train_batched(mlp_classifier, [(arm, 0)], 1)
    plain = train_plain(mlp_classifier, arm, 0, 1)
    for each in (trace, plain):
        assert not math.isfinite(each.epoch("loss")[0])
        assert math.isnan(each.epoch("accuracy")[0])


def test_large_weights_are_as_far_as_they_are() -> None:
    """A distance whose square float32 cannot hold is a number, as the reference loop has it."""
    start, end = {"a": torch.zeros(2, 3)}, {"a": torch.full((2, 3), 1e30)}
    assert distances(start, end).tolist() == pytest.approx([3**0.5 * 1e30] * 2)


def made(accuracy: float, change: float, losses: tuple[float, ...]) -> Trace:
    """Return a trace of chaotic training that ends with these numbers."""
    trace = TraceBuilder(len(losses))
    for loss in losses:
        trace.epoch(loss=loss, lr=1.0, lr_after=1.0, accuracy=accuracy, weight_change=change)
    return trace.build()


def chaotic(nudge: float) -> Trace:
    """Return runs of a reference whose losses lie far apart, and whose ends do not."""
    return made(0.8 + 1e4 * nudge, 5.0 + 1e5 * nudge, (1.0, 2.0 + 1e5 * nudge))


@pytest.mark.parametrize(
    ("accuracy", "change", "said"),
    [
        (0.83, 5.2, ""),
        (0.7, 20.0, ""),
        (0.2, 5.0, "accuracy ends elsewhere"),
        (math.nan, 5.0, "accuracy ends elsewhere"),
        (0.8, 0.0, "weight_change ends elsewhere"),
        (0.8, 500.0, "weight_change ends elsewhere"),
        (0.8, math.nan, "weight_change ends elsewhere"),
    ],
)
def test_chaotic_training_ends_where_the_reference_ends(
    accuracy: float, change: float, said: str
) -> None:
    """Losses of one class are not all: accuracy and weight change must be near as well."""
    wrong = disagreement(chaotic, made(accuracy, change, (1.0, 1.7)))
    assert said in wrong
    assert bool(wrong) is bool(said)


@pytest.mark.parametrize(("place", "is_found"), [(0, True), (2, True), (3, False)])
def test_more_trials_are_compared_where_training_is_chaotic(place: int, *, is_found: bool) -> None:
    """Of chaotic trials three are compared, of stable ones the sample alone."""
    right, wrong = made(0.83, 5.2, (1.0, 1.7)), made(0.2, 5.2, (1.0, 1.7))
    checks = [Check(f"trial {n}", chaotic, wrong if n == place else right) for n in range(4)]
    with pytest.raises(DisagreementError, match=f"trial {place}") if is_found else nullcontext():
        refuse_disagreement(checks)
    calm = [Check("calm", lambda _: right, right), Check("unseen", lambda _: right, wrong)]
    refuse_disagreement(calm)
