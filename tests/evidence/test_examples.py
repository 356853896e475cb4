"""The examples that `bank predicates` prints."""

from __future__ import annotations

import tomllib

import pytest

from lrquiz.bank.catalogue import RECIPES
from lrquiz.evidence.claim_text import example_of, example_sentence
from lrquiz.evidence.claims import faults, unspoken
from lrquiz.evidence.predicates import PREDICATES
from lrquiz.model.item import Claim, Experiment


@pytest.mark.parametrize("name", PREDICATES)
def test_an_example_is_a_sound_claim(name: str) -> None:
    """Every example is TOML that an item may hold, for some recipe that records enough."""
    claim = tomllib.loads(example_of(PREDICATES[name]))["claim"]
    parameters = {key: value for key, value in claim.items() if key != "predicate"}
    experiment = Experiment("any", 10, {"too_high": {}, "reference": {}})
    recorded = frozenset[str]().union(*(recipe.records for recipe in RECIPES.values()))
    assert not list(faults(Claim(claim["predicate"], parameters), experiment, recorded))
    assert not unspoken(Claim(claim["predicate"], parameters), example_sentence(PREDICATES[name]))
    assert any(PREDICATES[name].needs <= recipe.records for recipe in RECIPES.values())
