"""Arms as text: on a command line, in sentences, and as examples."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.bank.arm_option import read_arms
from lrquiz.bank.arms import arms_in_words, example_experiment
from lrquiz.bank.catalogue import RECIPES
from lrquiz.bank.recipe import RecipeInfo
from lrquiz.bank.schema import ExperimentFile
from lrquiz.errors import RecipeError
from lrquiz.model.item import Experiment

CLASSIFIER, LOOP = RECIPES["mlp_classifier"], RECIPES["training_loop"]


@pytest.mark.parametrize(
    ("texts", "arms"),
    [
        ([], {"given": {}}),
        (["low"], {"low": {}}),
        (["low:"], {"low": {}}),
        (["low:lr=1"], {"low": {"lr": 1}}),
        (["low: lr = 1e-3 , hidden = 8"], {"low": {"lr": 1e-3, "hidden": 8}}),
        (
            ["a:optimizer=Adam", "b:optimizer='SGD'"],
            {
                "a": {"optimizer": "Adam"},
                "b": {"optimizer": "SGD"},
            },
        ),
    ],
)
def test_arms_are_read(texts: list[str], arms: dict[str, Any]) -> None:
    """Numbers are numbers, bare and quoted words are texts, and what is left out is a default."""
    assert read_arms(texts, CLASSIFIER) == arms


@pytest.mark.parametrize("calls", ["[forward, step]", '["forward","step"]', "[ forward ,'step']"])
def test_lists_are_read(calls: str) -> None:
    """The commas of a list part its elements, not the settings."""
    arms = read_arms([f"a:lr=0.5,calls={calls},optimizer=SGD"], LOOP)
    assert arms == {"a": {"lr": 0.5, "calls": ["forward", "step"], "optimizer": "SGD"}}


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        (["Low:lr=1"], "'Low' is no name"),
        ([":lr=1"], "'' is no name"),
        (["lr=1"], "write small letters"),
        (["a:lr=1", "a:lr=2"], "there is an arm 'a' already"),
        (["a:lr=1,lr=2"], "lr is set twice"),
        (["a:lr"], "write field=value"),
        (["a:=1"], "write field=value"),
        (["a:,lr=1"], "cannot be read from ',lr=1' on"),
        (["a:rate=1"], "it has lr,"),
        (["a:lr=fast"], "is not a number"),
        (["a:lr=.5"], "is no value; write a number as 0.5"),
        (["a:lr="], "is no value"),
        (["a:lr=1\nb=2"], "is no value"),
        (["a:lr=true"], "is not a number"),
        (["a:lr=nan"], "must be finite"),
        (["a:lr=1e999"], "must be finite"),
        (["a:lr=-1"], "at least 0"),
        (["a:lr=" + "9" * 30], "at most 64 bits"),
        (["a:lr=" + "9" * 9000], "is no value"),
        (["a:hidden=1.5"], "is not a whole number"),
        (["a:optimizer=[SGD"], "cannot be read"),
        (["a:optimizer='SGD"], "cannot be read"),
        (["a:optimizer=Sgd"], "is not one of SGD"),
        (["a:lr=1979-05-27"], "is not a number"),
    ],
)
def test_a_fault_gets_one_sentence(texts: list[str], sentence: str) -> None:
    """Whatever is wrong with an arm is told in one line that quotes it."""
    with pytest.raises(RecipeError) as caught:
        read_arms(texts, CLASSIFIER)
    assert sentence in str(caught.value)
    assert "--arm " in str(caught.value)


@given(st.text(max_size=40))
def test_nothing_but_a_recipe_error_is_raised(text: str) -> None:
    """Any text at all is read or refused."""
    try:
        arms = read_arms([f"a:{text}"], CLASSIFIER)
    except RecipeError:
        return
    assert not list(CLASSIFIER.faults(arms["a"]))


@pytest.mark.parametrize(
    ("recipe", "arms", "words"),
    [
        (
            CLASSIFIER,
            {"a": {"lr": 0.1}, "b": {"lr": 10}},
            ("learning rate 0.1", "learning rate 10"),
        ),
        (CLASSIFIER, {"a": {}, "b": {"lr": 10}}, ("learning rate 0.1", "learning rate 10")),
        (CLASSIFIER, {"a": {}, "b": {"lr": 0.1}}, ("arm a", "arm b")),
        (CLASSIFIER, {"a": {"lr": 0.5}}, ("learning rate 0.5",)),
        (CLASSIFIER, {"given": {}}, ("the default settings",)),
        (
            CLASSIFIER,
            {"a": {"batch_size": 8, "lr": 1.0}, "b": {"optimizer": "Adam"}},
            ("learning rate 1, SGD and batch size 8", "learning rate 0.1, Adam and batch size 32"),
        ),
        (
            CLASSIFIER,
            {"a": {"schedule": "StepLR"}, "b": {"momentum": 0.9}},
            ("schedule StepLR and no momentum", "no schedule and momentum 0.9"),
        ),
        (
            LOOP,
            {"a": {"calls": ["zero_grad", "forward", "backward", "step"]}, "b": {}},
            ("arm a", "arm b"),
        ),
        (
            LOOP,
            {"a": {"calls": ["forward", "step"]}, "b": {"calls": ["forward"]}},
            ("the calls forward, step", "the calls forward"),
        ),
    ],
)
def test_an_arm_is_called_by_what_sets_it_apart(
    recipe: RecipeInfo,
    arms: dict[str, Any],
    words: tuple[str, ...],
) -> None:
    """A sentence names the settings in which arms differ, defaults filled in."""
    found = arms_in_words(Experiment(recipe.name, 5, arms))
    assert tuple(found.values()) == words


@pytest.mark.parametrize("name", RECIPES)
def test_an_example_is_a_sound_experiment(name: str) -> None:
    """Every recipe's example is TOML that an item file may hold."""
    table = tomllib.loads(example_experiment(RECIPES[name]))["experiment"]
    experiment = ExperimentFile.model_validate(table)
    assert experiment.recipe == name
    assert 1 <= len(experiment.arms) <= 2  # text without choices has no other value to show
    assert not [fault for arm in experiment.arms.values() for fault in RECIPES[name].faults(arm)]
