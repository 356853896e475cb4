"""The sentences of predicates, which authors may use as the text of an option."""

from __future__ import annotations

import inspect
import tomllib
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.evidence.claim_text import sentence_of, toml_of, toml_value
from lrquiz.evidence.claims import faults, unsaid_numbers, unspoken
from lrquiz.evidence.predicates import PREDICATES, Predicate, find
from lrquiz.evidence.predicates.predicate import CANDIDATES, CLOCKS, HARDER, RANGES
from lrquiz.model.item import Claim, Experiment, Quantifier

ARMS = {"one": "learning rate 0.1", "other": "momentum 0.9 and the calls forward, step"}
EXPERIMENT = Experiment("any", 1000, {"one": {}, "other": {}})
SHARES = st.floats(0.0, 1.0)
NUMBERS: Mapping[str, st.SearchStrategy[Any]] = {
    "value": SHARES,
    "share": SHARES,
    "within": st.integers(1, 1000),
    "at_least": st.integers(1, 1000),
    "times": st.one_of(
        st.floats(0.0, 1e300), st.sampled_from([0, 0.25, 0.5, 1, 2, 1e6, 1e-7, 0.1 + 0.2])
    ),
    "epoch": st.integers(1, 999),
    "clock": st.sampled_from(CLOCKS),
    "level": st.floats(-1e6, 1e6),
    "factor": st.one_of(st.floats(0.0, 1e6), st.sampled_from([0.1, 0.5, 1, 2, 10])),
    "rate": st.floats(0.0, 1e6),
    "error": st.sampled_from(["TypeError", "NameError"]),
}
FREELY = st.sampled_from([Quantifier.USUALLY, Quantifier.SOMETIMES])


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    """Draw any sound claim; what has a default is sometimes left out."""
    predicate = draw(st.sampled_from(list(PREDICATES.values())))
    parameters: dict[str, Any] = dict(zip(predicate.arms, EXPERIMENT.arms, strict=False))
    for name, parameter in predicate.parameters.items():
        optional = parameter.default is not inspect.Parameter.empty or name == "clock"
        if name not in predicate.arms and not (optional and draw(st.booleans())):
            parameters[name] = draw(NUMBERS[name])
    return Claim(predicate.name, parameters, draw(FREELY))


@given(claims())
def test_a_sentence_says_what_its_claim_claims(claim: Claim) -> None:
    """Used as an option's text, every sentence passes the checks that every option must pass."""
    if list(faults(claim, EXPERIMENT, find(claim.predicate).needs)):
        return  # epoch 0 does not exist where counting may start at 1
    sentence = sentence_of(claim, ARMS)
    assert not unspoken(claim, sentence)
    assert not list(unsaid_numbers(claim, sentence))
    assert sentence.startswith("With learning rate 0.1 ")
    assert not set("{}[]|") & set(sentence)


@pytest.mark.parametrize("predicate", PREDICATES.values(), ids=PREDICATES)
def test_sometimes_is_said_as_may(predicate: Predicate) -> None:
    """What only some runs do is never said of all of them."""
    parameters = {name: CANDIDATES.get(name, ("one",))[0] for name in predicate.parameters}
    parameters |= {"share": 0.05} if "share" in predicate.parameters else {}
    usually = sentence_of(Claim(predicate.name, parameters), ARMS)
    sometimes = sentence_of(Claim(predicate.name, parameters, Quantifier.SOMETIMES), ARMS)
    assert " may " in sometimes
    assert " may " not in usually


@pytest.mark.parametrize(
    ("claim", "sentence"),
    [
        (
            Claim("accuracy_reaches", {"arm": "one", "value": 0.95, "within": 1}),
            "With learning rate 0.1 accuracy on new rows reaches 95 % in the first epoch",
        ),
        (
            Claim("loss_is_unsteady", {"arm": "one"}, Quantifier.SOMETIMES),
            (
                "With learning rate 0.1 the loss may be unsteady: from one epoch to the next it "
                "rises twice or more, or it stops being a number"
            ),
        ),
        (
            Claim(
                "rate_is_multiple_of_start",
                {"arm": "one", "times": 0.3, "epoch": 5, "clock": CLOCKS[3]},
            ),
            "With learning rate 0.1 the rate at the end of epoch 5 is 0.3 times the initial one",
        ),
    ],
)
def test_a_sentence_reads_well(claim: Claim, sentence: str) -> None:
    """Numbers are said as people say them."""
    assert sentence_of(claim, ARMS) == sentence


def test_never_has_no_sentence() -> None:
    """An affirmative sentence for a claim of never would say the opposite of what is claimed."""
    with pytest.raises(ValueError, match="quantifier never"):
        sentence_of(Claim("training_learns", {"arm": "one"}, Quantifier.NEVER), ARMS)


@given(claims())
def test_a_claim_as_toml_reads_back(claim: Claim) -> None:
    """What is printed to be pasted is the claim itself."""
    read = tomllib.loads(toml_of(claim))["claim"]
    quantifier = Quantifier(read.pop("quantifier", "usually"))
    assert Claim(read.pop("predicate"), read, quantifier) == claim


@given(
    st.recursive(
        st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])),
        lambda inner: st.lists(inner, max_size=3),
        max_leaves=5,
    )
)
def test_any_text_as_toml_reads_back(value: object) -> None:
    """Quotes, backslashes and letters beyond ASCII survive, in lists as well."""
    assert tomllib.loads(f"value = {toml_value(value)}")["value"] == value


def test_candidates_are_within_their_ranges() -> None:
    """Whatever has no default has candidates, all of them sound."""
    for name, values in CANDIDATES.items():
        lowest, highest = RANGES.get(name, (float("-inf"), float("inf")))
        assert all(isinstance(each, str) or lowest <= each <= highest for each in values)
    assert set(HARDER) <= set(CANDIDATES)
    for predicate in PREDICATES.values():
        for name, parameter in predicate.parameters.items():
            if name not in predicate.arms and parameter.default is inspect.Parameter.empty:
                assert name in CANDIDATES
