"""Trainings that are the same: every reported loss and every final weight, bit for bit."""

from __future__ import annotations

from dataclasses import replace
from math import inf, nextafter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.evidence.predicates.trajectories import trains_as
from lrquiz.model.trace import Trace

NUMBERS = st.lists(st.floats(-10, 10), min_size=1, max_size=5).map(tuple)


def trained(losses: tuple[float, ...], weights: tuple[float, ...]) -> Trace:
    return Trace(
        epochs={"weights": weights},
        steps={"loss": losses},
        recorded=frozenset({"step.loss", "epoch.weights"}),
    )


@given(losses=NUMBERS, weights=NUMBERS, data=st.data())
def test_one_bit_tells_trainings_apart(
    losses: tuple[float, ...], weights: tuple[float, ...], data: st.DataObject
) -> None:
    """A training is as itself; with one number changed by the least that can be, it is another."""
    trace = trained(losses, weights)
    assert trains_as(trace, trained(losses, weights))
    at = data.draw(st.integers(0, len(weights) - 1))
    moved = (*weights[:at], nextafter(weights[at], 20.0), *weights[at + 1 :])
    assert not trains_as(trace, trained(losses, moved))
    assert not trains_as(trace, trained((*losses[:-1], nextafter(losses[-1], 20.0)), weights))
    assert not trains_as(trace, trained((*losses, 1.0), weights))


@pytest.mark.parametrize(
    "trace",
    [
        trained((1.0,), (inf,)),
        trained((inf,), (1.0,)),
        trained((1.0,), ()),
        replace(trained((1.0,), (1.0,)), stopped="RuntimeError: no"),
    ],
)
def test_what_fails_trains_as_nothing(trace: Trace) -> None:
    """A run that stopped, or whose numbers are not finite, is not even as itself."""
    assert not trains_as(trace, trace)
