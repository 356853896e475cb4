"""Recipes: what the catalogue says of them, what they measure, and plain PyTorch beside them."""

from __future__ import annotations

import dataclasses
import importlib
import itertools
import math
from types import ModuleType

import pytest
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits

from lrquiz.bank.catalogue import RECIPES
from lrquiz.errors import RecipeError
from lrquiz.evidence.predicates.loss import ends_worse_than, loss_is_unsteady, rises
from lrquiz.evidence.predicates.weights import weights_never_change
from lrquiz.experiments.recipe import run_plain
from lrquiz.experiments.recipes import (
    mlp_classifier,
    scheduler_trace,
    softmax_classifier,
    training_loop,
)
from lrquiz.experiments.recipes.classification_data import make_split
from lrquiz.experiments.recipes.plain_loop import train_plain
from lrquiz.experiments.recipes.split import Split


def module_of(name: str) -> ModuleType:
    return importlib.import_module(f"lrquiz.experiments.recipes.{name}")


@pytest.mark.parametrize("name", RECIPES)
def test_catalogue_names_the_settings_that_a_recipe_has(name: str) -> None:
    """The torch-free catalogue and the code agree on every setting and its default."""
    fields = {each.name: each.default for each in dataclasses.fields(module_of(name).Arm)}
    assert fields == {each: field.default for each, field in RECIPES[name].fields.items()}


@pytest.mark.parametrize("name", RECIPES)
def test_catalogue_names_what_a_recipe_records(name: str) -> None:
    """A recipe records the columns that the catalogue promises, and step columns besides."""
    module, promised = module_of(name), RECIPES[name].records
    recorded = run_plain(module, module.Arm(), 0, 2).recorded
    besides = {each for each in recorded - promised if each.startswith("step.")}
    assert recorded - besides == promised


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_is_a_function_of_its_seed(name: str) -> None:
    """The same arm and seed give the same trace; only a deterministic recipe ignores the seed."""
    module = module_of(name)
    first, again, other = (run_plain(module, module.Arm(), seed, 2) for seed in (3, 3, 4))
    assert first == again
    assert (first == other) is RECIPES[name].deterministic


def test_reference_loop_is_plain_pytorch() -> None:
    """The reference's losses equal, bit for bit, those of the loop anyone would write by hand."""
    data = make_split(5)
    torch.manual_seed(5)
    model = nn.Sequential(nn.Linear(10, 16), nn.ReLU(), nn.Linear(16, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    order = torch.Generator().manual_seed(5)
    losses = []
    for _ in range(3):
        total = 0.0
        for rows in torch.randperm(800, generator=order).split(32):
            loss = binary_cross_entropy_with_logits(
                model(data.inputs[rows]).squeeze(1), data.targets[rows]
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item() * 32
        losses.append(total / 800)
    trace = train_plain(mlp_classifier, mlp_classifier.Arm(lr=0.1), 5, 3)
    assert trace.epoch("loss") == tuple(losses)


def test_every_setting_of_the_reference_loop_is_plain_pytorch() -> None:
    """Momentum, decay, clipping and a scheduler stepped by batches equal the loop by hand."""
    data = softmax_classifier.make_split(3)
    torch.manual_seed(3)
    model = nn.Sequential(nn.Linear(10, 10), nn.ReLU(), nn.Linear(10, 2))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.2, momentum=0.9, weight_decay=0.01)
    scheduler = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=2 * 8)
    order = torch.Generator().manual_seed(3)
    losses, rates = [], [0.2]
    for _ in range(2):
        total = 0.0
        for rows in torch.randperm(800, generator=order).split(100):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(model(data.inputs[rows]), data.targets[rows])
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 0.3)
            optimizer.step()
            scheduler.step()
            total += loss.item() * 100
        losses.append(total / 800)
        rates.append(optimizer.param_groups[0]["lr"])
    arm = softmax_classifier.Arm(
        lr=0.2,
        momentum=0.9,
        weight_decay=0.01,
        clip_norm=0.3,
        schedule="CosineAnnealingLR",
        stepped="batch",
        batch_size=100,
    )
    trace = train_plain(softmax_classifier, arm, 3, 2)
    assert trace.epoch("loss") == pytest.approx(losses, rel=1e-6)
    assert trace.epoch("lr") == tuple(rates[:-1])
    assert trace.epoch("lr_after") == tuple(rates[1:])
    assert trace.epoch("accuracy")[-1] == pytest.approx(
        float((model(data.test_inputs).argmax(1) == data.test_targets).float().mean())
    )


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_data_that_are_not_finite_are_refused(value: float) -> None:
    """NaN or infinity in the data is told before anything is trained on it."""
    rows = torch.ones(4, 2)
    rows[1, 1] = value
    with pytest.raises(RecipeError, match="the data are not finite: inputs holds NaN"):
        Split(rows, torch.ones(4), torch.ones(1, 2), torch.ones(1))


@pytest.mark.parametrize("schedule", RECIPES["scheduler_trace"].fields["schedule"].choices)
def test_every_schedule_of_the_catalogue_can_be_trained(schedule: str) -> None:
    """Each choice that lint lets through is a schedule that both clocks of stepping accept."""
    for stepped in ("epoch", "batch"):
        arm = scheduler_trace.Arm(schedule=schedule, stepped=stepped, batches=3)
        assert len(scheduler_trace.run(arm, 0, 4).epoch("lr_after")) == 4


def test_statistics_come_from_training_rows() -> None:
    """Training columns have mean 0 and deviation 1; test columns, by chance, have not."""
    data = make_split(0)
    assert float(data.inputs.mean(dim=0).abs().max()) < 1e-6
    assert float((data.inputs.std(dim=0) - 1).abs().max()) < 1e-5
    assert float(data.test_inputs.mean(dim=0).abs().max()) > 1e-3


def test_nan_hides_rises_but_not_unsteadiness() -> None:
    """At rate 30 the loss is NaN and never compares as a rise, yet the run is unsteady."""
    trace = train_plain(mlp_classifier, mlp_classifier.Arm(lr=30.0), 0, 20)
    assert any(map(math.isnan, trace.epoch("loss")))
    assert rises(trace.epoch("loss")) == 0
    assert loss_is_unsteady(trace)


def test_rate_five_is_not_too_high_here() -> None:
    """At rate 5 most runs end better than at 0.1: without a premise the item would be false."""
    worse = [
        ends_worse_than(
            train_plain(mlp_classifier, mlp_classifier.Arm(lr=5.0), seed, 20),
            train_plain(mlp_classifier, mlp_classifier.Arm(lr=0.1), seed, 20),
        )
        for seed in range(8)
    ]
    assert sum(worse) < 4


def test_missing_backward_is_silent() -> None:
    """Without backward the loss and weights stay bit for bit the same, with no exception."""
    arm = training_loop.Arm(calls=("forward", "step", "zero_grad"))
    trace = training_loop.run(arm, 0, 5)
    assert trace.stopped is None
    assert weights_never_change(trace)
    assert len(set(trace.epoch("loss"))) == 1
    assert (trace.count("step"), trace.count("backward")) == (125, 0)


@pytest.mark.parametrize(
    "calls", list(itertools.permutations(("zero_grad", "forward", "backward")))
)
def test_a_loop_runs_as_it_stands(calls: tuple[str, ...]) -> None:
    """An order that PyTorch refuses ends the run: that is evidence, not an error of ours."""
    trace = training_loop.run(training_loop.Arm(calls=(*calls, "step")), 0, 1)
    impossible = calls.index("backward") < calls.index("forward")
    assert (trace.stopped is not None) is impossible


def test_schedule_is_asked_not_restated() -> None:
    """StepLR(5, 0.5) from 0.1: epochs 0-4 train at 0.1, 5-9 at 0.05, and 10 at 0.025."""
    trace = scheduler_trace.run(scheduler_trace.Arm(), 0, 11)
    assert trace.epoch("lr") == pytest.approx([0.1] * 5 + [0.05] * 5 + [0.025])
    assert trace.epoch("lr_after")[4] == pytest.approx(0.05)


def test_schedule_per_batch_runs_away() -> None:
    """Stepped per batch of 25, the same schedule has divided the rate by 32 after one epoch."""
    trace = scheduler_trace.run(scheduler_trace.Arm(stepped="batch"), 0, 1)
    assert trace.epoch("lr_after") == pytest.approx((0.1 / 32,))


@pytest.mark.parametrize(("best", "first"), [(0, 4), (3, 7)])
def test_a_plateau_lowers_the_rate_once_patience_is_used_up(best: int, first: int) -> None:
    """Patience 2 lets two epochs without a better metric pass; the third halves the rate."""
    arm = scheduler_trace.Arm(schedule="ReduceLROnPlateau", patience=2, best_epoch=best)
    trace = scheduler_trace.run(arm, 0, first + 1)
    assert trace.epoch("lr") == (*[0.1] * first, 0.05)
    assert trace.epoch("lr_after") == (*[0.1] * (first - 1), 0.05, 0.05)
    metric = trace.epoch("metric")
    assert [one > two for one, two in itertools.pairwise(metric)].count(True) == best
    assert len(set(metric[best:])) == 1


def test_a_plateau_as_torch_by_hand() -> None:
    """The recipe's rates are those of the scheduler with the same metric, stepped by hand."""
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=0.4)
    plateau = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, factor=0.1, patience=1)
    rates = []
    for metric in (1.0, 0.5, 0.25, 0.25, 0.25, 0.25, 0.25):
        plateau.step(metric)
        rates.append(optimizer.param_groups[0]["lr"])
    arm = scheduler_trace.Arm(
        lr=0.4, schedule="ReduceLROnPlateau", gamma=0.1, patience=1, best_epoch=2
    )
    assert list(scheduler_trace.run(arm, 0, 7).epoch("lr_after")) == rates
    assert len(set(rates)) == 3


@pytest.mark.parametrize(
    ("recipe", "settings", "sentence"),
    [
        ("mlp_classifier", {}, "'ReduceLROnPlateau' is not one of none, StepLR"),
        ("quadratic", {}, "'ReduceLROnPlateau' is not one of none, StepLR"),
        ("scheduler_trace", {"gamma": 1.0}, "refused by ReduceLROnPlateau; write one below 1"),
        ("scheduler_trace", {"patience": -1}, "patience = -1 must be finite and at least 0"),
    ],
)
def test_a_plateau_that_cannot_be_trained_is_refused(
    recipe: str, settings: dict[str, float], sentence: str
) -> None:
    """What no recipe hands a metric, or torch would not take, is told before anything runs."""
    (fault,) = RECIPES[recipe].faults({"schedule": "ReduceLROnPlateau", **settings})
    assert sentence in fault


def test_what_torch_takes_for_a_rate() -> None:
    """Text is refused; NaN, infinity, True and zero are accepted; left out, it is 0.001."""
    weights = [nn.Parameter(torch.zeros(1))]
    with pytest.raises(TypeError):
        torch.optim.SGD(weights, lr="0.01")  # type: ignore[arg-type]
    for accepted in (math.nan, math.inf, True, 0.0):
        torch.optim.SGD(weights, lr=accepted)
    assert torch.optim.SGD(weights).param_groups[0]["lr"] == 1e-3
