"""`lrquiz bank explore`, `bank predicates` and `bank recipes` as processes."""

from __future__ import annotations

import tomllib

import pytest

from lrquiz.bank.catalogue import RECIPES
from lrquiz.evidence.predicates import PREDICATES
from tests.conftest import Command


def test_a_scheduler_is_explored(lrquiz: Command) -> None:
    """Keys, distractors and a curve on stdout; what was trained on stderr; exit code 0."""
    done = lrquiz("bank", "explore", "scheduler_trace", "--epochs", 12)
    assert done.code == 0
    key, distractors = done.stdout.split("refuted: can be a distractor")
    assert key.startswith("supported: can be a key")
    assert "the rate at the start of epoch 5 is half the initial one" in key
    assert "the rate at the start of epoch 5 is the same as the initial one" in distractors
    assert "lr by epoch\ngiven  0.1 to 0.025" in distractors
    assert "claims decided in" in done.stderr
    for line in done.stdout.splitlines():
        if line.startswith("    claim = "):
            assert tomllib.loads(line.strip())["claim"]["predicate"] in PREDICATES


def test_a_classifier_is_explored(lrquiz: Command) -> None:
    """Two arms are told apart by their rates, with k of n; JSON tells all claims and the curves."""
    arms = ("--arm", "low:lr=0.1", "--arm", "high:lr=1e30")
    done = lrquiz(
        "bank", "explore", "mlp_classifier", *arms, "--epochs", 3, "--seeds", 64, "--json"
    )
    assert done.code == 0
    document = done.json()
    assert document["schema"] == "lrquiz/explored"
    assert document["arms"]["high"]["lr"] == 1e30
    assert document["seeds"] == 64
    (worse,) = (
        each
        for each in document["claims"]
        if each["predicate"] == "ends_worse_than" and each["parameters"]["arm"] == "high"
    )
    assert (worse["verdict"], worse["held"], worse["trials"]) == ("supported", 64, 64)
    assert worse["toml"].startswith('claim = { predicate = "ends_worse_than"')
    assert worse["sentence"].startswith("With learning rate 1e+30 training ends worse than with ")
    assert len(document["curves"]["low"]) == 3
    assert document["curves"]["high"][-1] is None
    told = lrquiz("bank", "explore", "mlp_classifier", *arms, "--epochs", 3, "--seeds", 64)
    assert "held in 64 of 64 seeds: With learning rate 1e+30 training ends worse" in told.stdout
    assert "0 trials trained now" in told.stderr
    assert "x: not finite" in told.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nonsense"], "there is no recipe 'nonsense'; there are: mlp_classifier"),
        (["mlp_classifier", "--arm", "a:rate=1"], "no setting 'rate'; it has lr"),
        (["mlp_classifier", "--arm", "a:lr=fast"], "lr = 'fast' is not a number"),
        (["mlp_classifier", "--arm", "a:lr=1e40"], "a:lr=1e40: lr = 1e+40 is too large for"),
        (["mlp_classifier", "--arm", "a", "--arm", "a"], "there is an arm 'a' already"),
        (["mlp_classifier", "--arm", "A:lr=1"], "'A' is no name for an arm"),
        (["mlp_classifier", *["--arm", "a"] * 9], "explore 8 at once at most"),
        (["mlp_classifier", "--seeds", "65"], "'65' is not one of '64'"),
        (["mlp_classifier", "--epochs", "0"], "0 is not in the range"),
    ],
)
def test_wrong_input_gets_a_sentence(lrquiz: Command, arguments: list[str], sentence: str) -> None:
    """Whatever is wrong: exit code 2, one sentence, nothing on stdout, nothing trained."""
    done = lrquiz("bank", "explore", *arguments)
    assert (done.code, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_recipes_and_predicates_come_with_examples(lrquiz: Command) -> None:
    """Both lists give each entry with an example, in text and as JSON; predicates a sentence."""
    recipes = lrquiz("bank", "recipes", "--json").json()["recipes"]
    assert [each["name"] for each in recipes] == list(RECIPES)
    text = lrquiz("bank", "recipes").stdout
    for each in recipes:
        assert tomllib.loads(each["example"])["experiment"]["recipe"] == each["name"]
        assert all(line in text for line in each["example"].splitlines())
    predicates = lrquiz("bank", "predicates", "--json").json()["predicates"]
    assert [each["name"] for each in predicates] == list(PREDICATES)
    text = lrquiz("bank", "predicates").stdout
    assert all(each["sentence"] in text for each in predicates)
