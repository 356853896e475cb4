"""Recorded runs: what they show is what the reference loop trained."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest
import torch
from torch import nn

from lrquiz.bank.catalogue import RECIPES
from lrquiz.errors import RecipeError
from lrquiz.evidence.store import EvidenceStore
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.experiments.recipe import load_recipe, make_arm, run_plain
from lrquiz.experiments.recipes.classification_data import data_steps, make_split
from lrquiz.experiments.recipes.plain_loop import Trained, trained_plain
from lrquiz.experiments.recorded_runs import RunRecorder
from lrquiz.experiments.recording import record
from lrquiz.model.item import Experiment
from lrquiz.model.recorded import numbers
from lrquiz.model.trace import Trace
from lrquiz.resources.cache import ContentCache

SHOWN = ("mlp_classifier", "softmax_classifier", "digits_classifier", "layer_rates", "quadratic")


@pytest.mark.parametrize("name", SHOWN)
def test_the_run_is_that_of_the_reference_loop(name: str) -> None:
    """The table's columns are, bit for bit, what the recipe's own loop records."""
    recipe = load_recipe(name)
    arm = make_arm(recipe, RECIPES[name].complete({}))
    run = record(recipe, arm, 3, 2)
    trace = run_plain(recipe, arm, 3, 2)
    assert dict(run.epochs) == {each: numbers(column) for each, column in trace.epochs.items()}


@pytest.mark.parametrize("name", ["mlp_classifier", "softmax_classifier", "digits_classifier"])
def test_the_prediction_is_that_of_the_trained_model(name: str) -> None:
    """Layer by layer comes to what the model says of the row, and its class is the data's."""
    recipe = load_recipe(name)
    arm = make_arm(recipe, RECIPES[name].complete({}))
    prediction = record(recipe, arm, 0, 1).prediction
    done = trained_plain(recipe, arm, 0, 1)
    assert prediction is not None
    assert done.data is not None
    outputs = done.model(done.data.test_inputs[:1])
    assert prediction.layers[-2].values == tuple(outputs.flatten().tolist()[:10])
    right = bool(recipe.are_correct(outputs, done.data.test_targets[:1]).item())
    assert (prediction.predicted == prediction.actual) is right
    assert prediction.probability is not None
    assert prediction.probability >= 1 / max(2, len(prediction.layers[-1].values))


def test_weights_have_the_shapes_of_pytorch() -> None:
    """A linear layer's weights are outputs x inputs: (2, 10) for ten inputs and two classes."""
    recipe = load_recipe("softmax_classifier")
    shapes = {each.name: each.shape for each in record(recipe, recipe.Arm(), 0, 1).weights}
    assert shapes == {"0.weight": (10, 10), "0.bias": (10,), "2.weight": (2, 10), "2.bias": (2,)}


def test_data_steps_end_with_what_is_trained_on() -> None:
    """The last step is the split itself, and only it has columns of mean zero."""
    *_, leaked, last = data_steps(7)
    split = make_split(7)
    assert torch.equal(last.inputs, split.inputs)
    assert last.test_inputs is not None
    assert torch.equal(last.test_inputs, split.test_inputs)
    assert last.inputs.mean(dim=0).abs().max() < 1e-6
    assert leaked.inputs.mean(dim=0).abs().max() > 1e-3


def test_values_that_are_not_finite_are_none() -> None:
    """A run that explodes is recorded, not refused: the page says so."""
    recipe = load_recipe("mlp_classifier")
    run = record(recipe, recipe.Arm(lr=1e30), 0, 2)
    assert None in run.epochs["loss"]
    assert run.prediction is not None
    assert run.prediction.probability is None


@pytest.mark.parametrize("name", ["quadratic", "noisy_quadratic"])
def test_without_data_nothing_is_predicted(name: str) -> None:
    """A descent has one weight and no rows: no step of data and no prediction are made up."""
    recipe = load_recipe(name)
    run = record(recipe, recipe.Arm(lr=0.5, start=8.0), 4, 3)
    assert (run.data, run.prediction) == ((), None)
    assert [(each.name, each.shape) for each in run.weights] == [("weight", ())]
    weights, steps = run.epochs["weight"], run.epochs["step"]
    for before, step, after in zip((8.0, *weights[:-1]), steps, weights, strict=True):
        assert None not in {before, step, after}
        assert after == pytest.approx((before or 0.0) + (step or 0.0))


def test_what_cannot_be_followed_layer_by_layer_is_refused() -> None:
    """A model of data that is no sequence says what the recipe needs to return."""
    recipe = ModuleType("branched")
    split = make_split(0)
    done = Trained(nn.Linear(10, 1), Trace(epochs={"loss": (1.0,)}), split)
    recipe.trained = lambda *_: done  # type: ignore[attr-defined]
    with pytest.raises(RecipeError, match=r"Linear cannot be followed .* nn\.Sequential"):
        record(recipe, None, 0, 1)


def test_recipes_without_a_model_are_refused() -> None:
    """A recipe with a loop of its own and nothing to show says what it lacks."""
    recipe = load_recipe("scheduler_trace")
    with pytest.raises(RecipeError, match=r"scheduler_trace cannot be shown .* trained\("):
        record(recipe, recipe.Arm(), 0, 1)


def test_a_run_is_recorded_once(tmp_path: Path) -> None:
    """From the cache comes the same run, with no worker; a damaged entry is recorded anew."""
    experiment = Experiment("mlp_classifier", 1, {"good": {"lr": 0.1}})
    cache = ContentCache(tmp_path)
    with Laboratory(EvidenceStore(tmp_path), workers=1) as laboratory:
        first = RunRecorder(laboratory, cache).recorded(experiment, "good", 5)
    with Laboratory(EvidenceStore(tmp_path), workers=1) as laboratory:
        assert RunRecorder(laboratory, cache).recorded(experiment, "good", 5) == first
        assert not laboratory._pools._open  # noqa: SLF001 - no process, so no torch
        for entry in tmp_path.rglob("*.blob"):
            entry.write_bytes(b"torn")
        assert RunRecorder(laboratory, cache).recorded(experiment, "good", 5) == first
