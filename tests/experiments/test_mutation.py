"""A loop that lacks a call: what it does, and that its evidence is nobody else's."""

from __future__ import annotations

import warnings
from pathlib import Path

import pytest
import torch
from torch.optim import SGD, lr_scheduler

from lrquiz.evidence.store import EvidenceStore
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.experiments.mutated_runs import MutatedRuns
from lrquiz.experiments.mutation import dropped
from lrquiz.experiments.pieces import make_batch
from lrquiz.experiments.recipe import load_recipe, make_arm, run_plain
from lrquiz.model.item import Experiment
from lrquiz.model.trace import Trace

CALLS = ("backward", "step", "zero_grad", "scheduler_step")
EXPERIMENT = Experiment("mlp_classifier", 2, {"falls": {"lr": 0.1}, "other": {"lr": 0.2}})


def trained(without: str, **settings: object) -> Trace:
    """Train one trial of two epochs on the plain loop, with a call dropped."""
    recipe = load_recipe("mlp_classifier")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch warns of a scheduler without an optimizer's step
        with dropped(without):
            return run_plain(recipe, make_arm(recipe, settings), 0, 2)


@pytest.mark.parametrize("call", ["backward", "step"])
def test_a_loop_without_it_moves_no_weight(call: str) -> None:
    """Without gradients, or without steps, every weight stays where it started."""
    assert trained(call, lr=0.1).epoch("weight_change") == (0.0, 0.0)


def test_gradients_that_are_not_zeroed_add_up() -> None:
    """A loop without zero_grad moves its weights otherwise than the whole loop."""
    recipe = load_recipe("mlp_classifier")
    whole = run_plain(recipe, make_arm(recipe, {"lr": 0.1}), 0, 2)
    assert trained("zero_grad", lr=0.1).epoch("weight_change") != whole.epoch("weight_change")


@pytest.mark.parametrize(("schedule", "first"), [("ExponentialLR", 0.2), ("LinearLR", 0.02)])
def test_a_scheduler_that_is_not_stepped_keeps_its_first_rate(schedule: str, first: float) -> None:
    """Construction still sets the first rate; no epoch changes it any more."""
    trace = trained("scheduler_step", lr=0.2, schedule=schedule)
    assert trace.epoch("lr") == trace.epoch("lr_after") == pytest.approx((first, first))


def test_a_plateau_that_is_not_stepped_sees_no_metric() -> None:
    """Its first step is a real one, which construction does not need, and is dropped as well."""
    weight = torch.nn.Parameter(torch.ones(1))
    with dropped("scheduler_step"):
        plateau = lr_scheduler.ReduceLROnPlateau(SGD([weight], lr=1.0), patience=0)
        plateau.step(1.0)
        plateau.step(1.0)
    assert (plateau.best, plateau.last_epoch) == (float("inf"), 0)
    plateau.step(1.0)
    assert (plateau.best, plateau.last_epoch) == (1.0, 1)


@pytest.mark.parametrize("call", CALLS)
def test_every_call_works_again_afterwards(call: str) -> None:
    """What is dropped is dropped while the context lasts, also when it ends by an error."""

    def step_once() -> tuple[float, float]:
        weight = torch.nn.Parameter(torch.ones(1))
        optimizer = SGD([weight], lr=1.0)
        scheduler = lr_scheduler.ExponentialLR(optimizer, gamma=0.5)
        optimizer.zero_grad()
        weight.sum().backward()
        optimizer.step()
        scheduler.step()
        return weight.item(), optimizer.param_groups[0]["lr"]

    before = step_once()
    with pytest.raises(KeyError), dropped(call):
        raise KeyError
    assert step_once() == before == (0.0, 0.5)


@pytest.mark.parametrize("call", ["forward", "", "sleep"])
def test_what_no_plain_loop_can_lack_is_refused(call: str) -> None:
    """A name that is no such call must not train the whole loop in silence."""
    with pytest.raises(ValueError, match="is no call that can be dropped"), dropped(call):
        pass


def test_every_mutation_has_a_key_of_its_own() -> None:
    """No two of: the recipe itself, and the recipe without one of its calls, share an entry."""
    batches = [
        make_batch("mlp_classifier", {"lr": 0.1}, range(2), 2, call) for call in ("", *CALLS)
    ]
    assert len({batch.key for batch in batches}) == 5


def test_mutated_evidence_is_never_returned_for_the_experiment(tmp_path: Path) -> None:
    """Whatever was mutated before, the experiment shows what it shows in a store of its own."""
    with Laboratory(EvidenceStore(tmp_path / "alone"), workers=1) as alone:
        clean = alone.trials(EXPERIMENT, range(2))
    swapped = {"falls": EXPERIMENT.arms["other"], "other": EXPERIMENT.arms["falls"]}
    with Laboratory(EvidenceStore(tmp_path / "shared"), workers=1) as shared:
        mutated = [
            MutatedRuns(shared, EXPERIMENT.arms, call).trials(EXPERIMENT, range(2))
            for call in ("backward", "zero_grad")
        ]
        exchanged = MutatedRuns(shared, swapped).trials(EXPERIMENT, range(2))
        after = shared.trials(EXPERIMENT, range(2))
    assert after == clean
    assert clean not in mutated
    assert exchanged == {"falls": clean["other"], "other": clean["falls"]}
