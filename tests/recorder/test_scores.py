"""What a loss is given, told by a few numbers."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.recorder.watch.scores import facts_of


@given(st.lists(st.integers(1, 4), max_size=3), st.lists(st.integers(1, 4), max_size=3))
def test_pairs_are_those_that_torch_makes(one: list[int], other: list[int]) -> None:
    """The number of pairs is the size that a difference of both has; 0 where there can be none."""
    scores, targets = torch.zeros(one), torch.zeros(other)
    try:
        expected = (scores - targets).numel()
    except RuntimeError:
        expected = 0
    assert facts_of(scores, targets)["pairs"] == expected


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (lambda raw: raw.softmax(1), "rows_sum_to_one"),
        (lambda raw: raw.softmax(0), "columns_sum_to_one"),
        (lambda raw: raw.log_softmax(1), "exp_sums_to_one"),
        (lambda raw: raw.log_softmax(0), "exp_columns_sum_to_one"),
    ],
)
def test_probabilities_are_told_by_their_sums(make: object, name: str) -> None:
    """Of the four sums, exactly the right one comes to one; of plain scores, none does."""
    assert callable(make)
    raw = torch.linspace(-2, 3, 12).reshape(4, 3).roll(5)
    sums = ("rows", "columns", "exp", "exp_columns")
    for scores, expected in ((make(raw), {name}), (raw, set())):
        facts = facts_of(scores, torch.zeros(4, dtype=torch.long))
        names = {f"{each}_sum{'s' * (each == 'exp')}_to_one" for each in sums}
        assert {each for each in names if facts[each]} == expected


@given(st.lists(st.integers(0, 3), min_size=1, max_size=20))
def test_labels_are_counted(labels: list[int]) -> None:
    """The label that comes most often, how often it comes, and whether labels are in order."""
    facts = facts_of(torch.zeros(len(labels), 4), torch.tensor(labels))
    assert labels.count(int(facts["label"])) == max(map(labels.count, labels))
    assert facts["purity"] == max(map(labels.count, labels)) / len(labels)
    assert facts["in_order"] == (labels == sorted(labels))
    assert (facts["target_low"], facts["target_high"]) == (min(labels), max(labels))
    assert facts["whole_labels"] == 1


@pytest.mark.parametrize("odd", [float("nan"), 0.5])
def test_numbers_between_are_no_labels(odd: float) -> None:
    """One target that is no whole number makes them no labels."""
    assert facts_of(torch.zeros(3), torch.tensor([1.0, odd, 2.0]))["whole_labels"] == 0
