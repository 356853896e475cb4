"""The batched engine: the same numbers as the plain loop, trial by trial, or a refusal."""

from __future__ import annotations

import copy
from dataclasses import replace

import pytest
import torch
from torch import nn

from lrquiz.bank.catalogue import RECIPES
from lrquiz.errors import RecipeError
from lrquiz.experiments import worker
from lrquiz.experiments.agreement import disagreement
from lrquiz.experiments.batched import is_batchable, train_batched
from lrquiz.experiments.recipes import mlp_classifier
from lrquiz.experiments.stacked import outputs, stack
from lrquiz.experiments.stacked_optimizers import OPTIMIZERS
from lrquiz.model.trace import Trace
from tests.experiments.test_recipes import module_of


@pytest.mark.parametrize("name", RECIPES)
def test_catalogue_names_what_can_be_batched(name: str) -> None:
    """The torch-free catalogue and the code agree on which recipes the engine trains."""
    assert RECIPES[name].batched == is_batchable(module_of(name))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("rate", [0.003, 0.1])
def test_stable_training_gives_the_plain_loops_numbers(optimizer: str, rate: float) -> None:
    """Each of several trials, trained together, agrees with the same trial trained alone."""
    arms = [mlp_classifier.Arm(lr=lr, optimizer=optimizer) for lr in (rate, rate / 3)] * 2
    seeds = [0, 0, 1, 7]
    for arm, seed, trace in zip(
        arms, seeds, train_batched(mlp_classifier, arms, seeds, 6), strict=True
    ):
        plain = mlp_classifier.run(arm, seed, 6)
        assert trace.recorded == plain.recorded
        for column in plain.epochs:
            assert trace.epoch(column) == pytest.approx(plain.epoch(column), rel=1e-3, abs=5e-3)


def test_one_trial_that_explodes_harms_no_other() -> None:
    """A trial that becomes NaN leaves its neighbours in the stack untouched."""
    arms = [mlp_classifier.Arm(lr=0.1), mlp_classifier.Arm(lr=1e9), mlp_classifier.Arm(lr=0.1)]
    calm, wild, other = train_batched(mlp_classifier, arms, [3, 3, 4], 5)
    assert not torch.isfinite(torch.tensor(wild.epoch("loss")[-1]))
    assert not disagreement(mlp_classifier.run(arms[0], 3, 5), calm)
    assert not disagreement(mlp_classifier.run(arms[2], 4, 5), other)


@pytest.mark.parametrize("rate", [10.0, 30.0])
def test_chaotic_training_gives_the_same_class_of_outcome(rate: float) -> None:
    """Where rounding grows into other numbers, finite or not and unsteady or not still agree."""
    arm = mlp_classifier.Arm(lr=rate)
    traces = train_batched(mlp_classifier, [arm] * 4, range(4), 20)
    assert not any(
        disagreement(mlp_classifier.run(arm, seed, 20), trace) for seed, trace in enumerate(traces)
    )


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_stacked_optimizers_follow_torch(name: str) -> None:
    """After steps with changing rates, each trial's weights equal those of the real optimizer."""
    torch.manual_seed(0)
    models = [nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1)) for _ in range(3)]
    rates = [0.5, 0.05, 0.005]
    inputs = torch.randn(3, 8, 3)
    weights = {key: value.clone().requires_grad_() for key, value in stack(models).items()}
    stacked, layers = OPTIMIZERS[name](), copy.deepcopy(models[0])
    real = [
        getattr(torch.optim, name)(model.parameters(), lr=rate)
        for model, rate in zip(models, rates, strict=True)
    ]
    for step in range(5):
        losses = (outputs(layers, weights, inputs) ** 2).mean(dim=(1, 2))
        gradients = torch.autograd.grad(losses.sum(), list(weights.values()))
        scaled = torch.tensor([rate * 0.7**step for rate in rates], dtype=torch.float64)
        with torch.no_grad():
            stacked.step(weights, dict(zip(weights, gradients, strict=True)), scaled)
        for trial, (model, optimizer) in enumerate(zip(models, real, strict=True)):
            optimizer.param_groups[0]["lr"] = rates[trial] * 0.7**step
            optimizer.zero_grad()
            (model(inputs[trial]) ** 2).mean().backward()
            optimizer.step()
    for trial, model in enumerate(models):
        for key, value in model.state_dict().items():
            assert torch.allclose(weights[key][trial], value, rtol=1e-4, atol=1e-6)


def test_a_layer_that_cannot_be_stacked_is_refused() -> None:
    """A network with a layer whose rows or trials would mix is refused by name."""
    with pytest.raises(ValueError, match="BatchNorm1d cannot be stacked"):
        stack([nn.Sequential(nn.Linear(2, 2), nn.BatchNorm1d(2))])


def test_engines_that_disagree_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the recipe's loop and what it declares tell different things, no evidence comes of it."""
    plain = mlp_classifier.run

    def other_loop(arm: mlp_classifier.Arm, seed: int, epochs: int) -> Trace:
        return plain(replace(arm, lr=arm.lr * 1.5), seed, epochs)

    monkeypatch.setattr(mlp_classifier, "run", other_loop)
    with pytest.raises(RecipeError, match=r"the two engines disagree on .* seed 5: loss differs"):
        worker.train("mlp_classifier", {"lr": 0.1}, [5], 3)
