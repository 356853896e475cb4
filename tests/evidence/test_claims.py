"""Claims: what is wrong with one, what words it needs, and how it is decided."""

from __future__ import annotations

import itertools
import math
from typing import Any

import pytest

from lrquiz.evidence.claims import arms_of, faults, holds, readings, unsaid_numbers, unspoken
from lrquiz.evidence.predicates.predicate import CLOCKS
from lrquiz.model.item import Claim, Experiment, Quantifier
from tests.evidence.made_traces import trace_of

EXPERIMENT = Experiment("mlp_classifier", 5, {"low": {}, "high": {}})
PARAMETERS = {"arm": "low", "epoch": 1, "clock": CLOCKS[0]}
RECORDED = frozenset({"epoch.loss", "epoch.accuracy"})


def faults_of(predicate: str, **parameters: object) -> str:
    return "\n".join(faults(Claim(predicate, parameters), EXPERIMENT, RECORDED))


@pytest.mark.parametrize(
    ("predicate", "parameters", "says"),
    [
        ("loss_is_unstedy", {"arm": "low"}, "did you mean 'loss_is_unsteady'?"),
        ("zzz", {"arm": "low"}, "there are: accuracy_ends_higher_than, accuracy_reaches"),
        ("loss_is_unsteady", {"arm": "medium"}, "the arms are high, low"),
        ("loss_is_unsteady", {}, "needs arm = ..."),
        (
            "loss_is_unsteady",
            {"arm": "low", "epoch": 3},
            "takes no 'epoch'; it takes arm, ",
        ),
        ("loss_is_unsteady", {"arm": "low", "at_least": 2.5}, "a number (int)"),
        ("loss_is_unsteady", {"arm": "low", "at_least": True}, "a number (int)"),
        ("loss_is_unsteady", {"arm": 3}, "the name of an arm"),
        ("loss_is_unsteady", {"arm": ["low"]}, "the name of an arm"),
        ("loss_is_unsteady", {"arm": {}}, "the name of an arm"),
        ("ends_worse_than", {"arm": "low", "than": "medium"}, "than = 'medium' names no arm"),
        ("accuracy_reaches", {"arm": "low", "value": "1", "within": 1}, "a number (float)"),
        ("accuracy_reaches", {"arm": "low", "value": math.nan, "within": 1}, "a finite number"),
        ("accuracy_reaches", {"arm": "low", "value": 1, "within": 6}, "it can be 1 to 5"),
        ("weights_never_change", {"arm": "low"}, "needs epoch.weight_change"),
    ],
)
def test_a_fault_says_what_to_write_instead(
    predicate: str, parameters: dict[str, Any], says: str
) -> None:
    """Every fault of a claim names what is wrong and what would be right."""
    assert says in faults_of(predicate, **parameters)


def test_an_unknown_clock_is_answered_with_the_known_ones() -> None:
    """A clock must be one of four; the message lists them. Leaving it open is no fault here."""
    claim = {"arm": "low", "times": 1.0, "epoch": 1}
    recorded = frozenset({"epoch.lr", "epoch.lr_after"})
    wrong = Claim("rate_is_multiple_of_start", {**claim, "clock": "monday"})
    assert CLOCKS[3] in "".join(faults(wrong, EXPERIMENT, recorded))
    assert not list(faults(Claim("rate_is_multiple_of_start", claim), EXPERIMENT, recorded))


@pytest.mark.parametrize(
    ("clock", "epoch", "sound"),
    [
        ("0-based, start of epoch", 0, True),
        ("0-based, start of epoch", 5, False),
        ("1-based, end of epoch", 0, False),
        ("1-based, end of epoch", 5, True),
        (None, 0, False),
        (None, 4, True),
        (None, 5, False),
    ],
)
def test_an_epoch_must_be_trained_under_every_reading(
    clock: str | None, epoch: int, *, sound: bool
) -> None:
    """With five epochs, counting from 0 ends at 4 and from 1 at 5; an open clock needs both."""
    parameters = {"arm": "low", "times": 1.0, "epoch": epoch}
    parameters |= {"clock": clock} if clock else {}
    claim = Claim("rate_is_multiple_of_start", parameters)
    found = list(faults(claim, EXPERIMENT, frozenset({"epoch.lr", "epoch.lr_after"})))
    assert (not found) is sound


def test_a_sound_claim_has_no_faults() -> None:
    """Defaults may be left out, and a whole number will do where a fraction may stand."""
    assert not faults_of("loss_is_unsteady", arm="low")
    assert not faults_of("accuracy_reaches", arm="high", value=1, within=1)


def test_a_claim_of_two_arms_is_decided_on_both_traces() -> None:
    """Arms are looked up by name, each in its place."""
    claim = Claim("ends_worse_than", {"arm": "high", "than": "low"})
    good, bad = trace_of([1.0, 0.1]), trace_of([1.0, 2.0])
    assert arms_of(claim) == ("high", "low")
    assert holds(claim, {"low": good, "high": bad})
    assert not holds(claim, {"low": bad, "high": good})


def test_an_open_clock_has_four_readings() -> None:
    """A claim that leaves its clock open is read in every way; any other claim in one."""
    open_claim = Claim("rate_is_above_start", {"arm": "low", "epoch": 5})
    assert [each.parameters["clock"] for each in readings(open_claim)] == list(CLOCKS)
    fixed = Claim("rate_is_above_start", {"arm": "low", "epoch": 5, "clock": CLOCKS[0]})
    assert readings(fixed) == (fixed,)
    assert len(readings(Claim("loss_is_unsteady", {"arm": "low"}))) == 1


@pytest.mark.parametrize(
    ("times", "text"),
    [
        (0.5, "It is half the initial value"),
        (0.5, "It was halved"),
        (0.25, "A quarter of it"),
        (1.0, "The same as before"),
        (2.0, "It has doubled"),
        (0.0, "It is zero"),
        (0.1, "It is 0.1 times the rate"),
        (3.0, "3 times as high"),
    ],
)
def test_a_multiple_is_known_by_its_word(times: float, text: str) -> None:
    """A text speaks of a multiple by that multiple's word and by no other's."""
    cases = (0.0, 0.25, 0.5, 1.0, 2.0, 0.1, 3.0)
    spoken = {
        each
        for each in cases
        if not unspoken(Claim("rate_is_multiple_of_start", PARAMETERS | {"times": each}), text)
    }
    assert times in spoken
    assert spoken <= {times, 0.0} if "0.1" in text else spoken == {times}


def test_quoted_words_must_be_part_of_the_text() -> None:
    """A claim that quotes its words is bound to a text that contains them, whatever their case."""
    claim = Claim("training_learns", {"arm": "low"}, says="Ten Times lower")
    assert not unspoken(claim, "It should be ten times lower")
    assert "Ten Times lower" in unspoken(claim, "It should be lower")


def test_opposite_words_are_told_apart() -> None:
    """Words of a steady fall and of unsteadiness fit their own predicate only."""
    texts = {
        "loss_is_unsteady": "It does not decrease steadily",
        "loss_falls_steadily": "It decreases smoothly",
        "is_slower_but_steadier_than": "It gets there more slowly",
    }
    for (mine, _), (other, text) in itertools.product(texts.items(), texts.items()):
        fits = not unspoken(Claim(mine, {"arm": "low"}), text)
        assert fits is (mine == other), (mine, text)


@pytest.mark.parametrize(
    ("text", "unsaid"),
    [
        ("Accuracy reaches 100 % in the first epoch", []),
        ("Accuracy reaches 100% immediately", []),
        ("Accuracy reaches 1.0 within 1 epoch", []),
        ("Accuracy reaches 100 percent by epoch 3", ["within 1"]),
        ("Accuracy is 10.05 at once", ["value 1"]),
        ("Accuracy is perfect", ["within 1", "value 1"]),
    ],
)
def test_epochs_and_shares_must_be_said(text: str, unsaid: list[str]) -> None:
    """A share is said as a number or per cent, an epoch as a number; "first" is epoch 1."""
    claim = Claim("accuracy_reaches", {"arm": "low", "value": 1.0, "within": 1})
    assert list(unsaid_numbers(claim, text)) == unsaid


@pytest.mark.parametrize(
    "text",
    [
        "The loss doesn't decrease smoothly",
        "The loss won't fall steadily",
        "The loss does not fall steadily",
        "The loss never falls very smoothly",
    ],
)
def test_a_negated_word_says_the_opposite(text: str) -> None:
    """Words under a negation, contracted or not, do not say what the predicate says."""
    assert unspoken(Claim("loss_falls_steadily", {"arm": "low"}), text)
    negated = Claim("loss_falls_steadily", {"arm": "low"}, Quantifier.NEVER)
    assert not unspoken(negated, text)
