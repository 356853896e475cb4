"""Predicates over single steps, over what training is given, and over rates that change."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nan

import pytest

from lrquiz.evidence.predicates.accuracy import accuracy_ends_higher_than
from lrquiz.evidence.predicates.given import (
    call_raises,
    has_more_parameters_than,
    inputs_are_larger_than,
    rate_given_is,
)
from lrquiz.evidence.predicates.rate import rate_changes
from lrquiz.evidence.predicates.steps import (
    first_layer_moves_more,
    gradient_is_multiple_of,
    iterate_alternates,
    step_is_multiple_of,
    wanders_more_than,
)
from tests.evidence.made_traces import columns


@pytest.mark.parametrize(
    ("mine", "other", "factor", "holds"),
    [
        ([-2.0, 9.0], [1.0], 2.0, True),
        ([2.01], [1.0], 2.0, True),
        ([2.1], [1.0], 2.0, False),
        ([1.0], [2.0], 0.5, True),
        ([0.0], [0.0], 1.0, True),
        ([0.0], [0.0], 2.0, False),
        ([1.0], [0.0], 1.0, False),
        ([0.0], [1.0], 1.0, False),
        ([nan], [nan], 1.0, False),
        ([inf], [inf], 1.0, False),
        ([], [1.0], 1.0, False),
    ],
)
def test_first_steps_are_compared_by_their_lengths(
    mine: list[float], other: list[float], factor: float, *, holds: bool
) -> None:
    """Signs and later steps do not count, 1 % is rounding, and nothing is not twice nothing."""
    assert step_is_multiple_of(columns(step=mine), columns(step=other), factor) is holds
    one, two = columns(gradient=mine), columns(gradient=other)
    assert gradient_is_multiple_of(one, two, factor) is holds


@pytest.mark.parametrize(
    ("steps", "gradients", "holds"),
    [
        ((0.1, 0.02), (1.0, 2.0), True),
        ((0.1, 0.1), (1.0, 1.0), False),
        ((0.1, 0.01), (1.0, 0.0), False),
        ((nan, 0.01), (1.0, 1.0), False),
    ],
)
def test_layers_are_compared_per_unit_of_gradient(
    steps: tuple[float, float], gradients: tuple[float, float], *, holds: bool
) -> None:
    """A longer step that only follows a longer gradient is no larger rate."""
    trace = columns(
        step_first=[steps[0]],
        step_last=[steps[1]],
        gradient_first=[gradients[0]],
        gradient_last=[gradients[1]],
    )
    assert first_layer_moves_more(trace, 10.0) is holds


@pytest.mark.parametrize(
    ("weights", "alternates"),
    [
        ([-0.5, 0.25, -0.1], True),
        ([-2.0, 4.0, -inf], True),
        ([-0.5, 0.25, 0.1], False),
        ([-0.5, 0.0, -0.1], False),
        ([0.0, 0.0], False),
        ([-0.5, nan], False),
        ([-0.5], False),
        ([], False),
    ],
)
def test_an_iterate_alternates_at_every_step(weights: list[float], *, alternates: bool) -> None:
    """Zero and NaN are on no side, and one step alone alternates with nothing."""
    assert iterate_alternates(columns(weight=weights)) is alternates


@pytest.mark.parametrize(
    ("mine", "other", "more"),
    [
        ([9.0, 9.0, 0.0, 0.0, 0.0, 0.0, 0.3, 0.1], [0.0] * 6 + [0.1, 0.2], True),
        ([9.0, 0.0, 0.0, 0.1], [0.0, 0.0, 0.0, 0.1], False),
        ([nan], [0.1], True),
        ([nan], [inf], False),
        ([], [], False),
    ],
)
def test_wandering_is_the_width_of_the_last_quarter(
    mine: list[float], other: list[float], *, more: bool
) -> None:
    """The way to the minimum is no wandering; what is not finite wanders without bound."""
    assert wanders_more_than(columns(weight=mine), columns(weight=other)) is more


def test_an_exception_is_named_and_gives_no_rate() -> None:
    """A call that raises one exception raises no other, and its rate is none, NaN included."""
    refused = columns(rate_given=[nan], stopped="TypeError: '<' not supported")
    assert call_raises(refused, "TypeError")
    assert not call_raises(refused, "NameError")
    assert not rate_given_is(refused, 0.01)
    assert not rate_given_is(replace(refused, epochs={"rate_given": (0.01,)}), 0.01)


@pytest.mark.parametrize(
    ("given", "equal"), [(0.01, True), (10**-2, True), (0.1, False), (nan, False), (inf, False)]
)
def test_a_rate_given_is_equal_up_to_rounding(given: float, *, equal: bool) -> None:
    """What the optimizer accepted, NaN and infinity included, raises nothing."""
    accepted = columns(rate_given=[given])
    assert rate_given_is(accepted, 0.01) is equal
    assert not call_raises(accepted, "TypeError")
    assert not rate_given_is(columns(rate_given=[]), 0.01)


def test_models_inputs_and_accuracies_are_compared_strictly() -> None:
    """Equal, NaN or unknown is neither larger nor higher."""
    for predicate in (has_more_parameters_than, inputs_are_larger_than, accuracy_ends_higher_than):
        small, large, unknown, none = (
            columns(parameters=values, input_norm=values, accuracy=values)
            for values in ([0.5], [0.9], [nan], [])
        )
        assert predicate(large, small)
        for one, other in ((small, large), (small, small), (unknown, small), (large, unknown)):
            assert not predicate(one, other)
        assert not predicate(large, none)
        assert not predicate(none, small)
    late, early = columns(accuracy=[0.1, 0.9]), columns(accuracy=[1.0, 0.5])
    assert accuracy_ends_higher_than(late, early)


@pytest.mark.parametrize(
    ("rates", "after", "changes"),
    [
        ([0.1, 0.1], [0.1, 0.1], False),
        ([0.1, 0.05], [0.05, 0.05], True),
        ([0.1], [0.05], True),
        ([0.1], [nan], True),
        ([nan], [nan], True),
        ([], [], False),
    ],
)
def test_a_rate_changes_at_any_moment(
    rates: list[float], after: list[float], *, changes: bool
) -> None:
    """The end of the last epoch counts too, and NaN is no constant rate."""
    assert rate_changes(columns(lr=rates, lr_after=after)) is changes
