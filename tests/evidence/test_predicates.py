"""Predicates: what each makes of NaN, infinity, early ends, and what nobody recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf, isfinite, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrquiz.errors import NotRecordedError
from lrquiz.evidence.predicates import PREDICATES
from lrquiz.evidence.predicates.accuracy import accuracy_reaches
from lrquiz.evidence.predicates.loss import (
    ends_worse_than,
    is_slower_but_steadier_than,
    loss_falls_steadily,
    loss_is_unsteady,
    rises,
    training_learns,
)
from lrquiz.evidence.predicates.predicate import CLOCKS
from lrquiz.evidence.predicates.rate import rate_is_above_start, rate_is_multiple_of_start
from lrquiz.evidence.predicates.weights import weights_never_change
from lrquiz.model.trace import Trace
from tests.evidence.made_traces import columns, trace_of

START_0, START_1, END_0, END_1 = CLOCKS
LOSSES = st.lists(st.floats(), max_size=8)
STOPPED = "RuntimeError: out of luck"

# What StepLR(step_size=5, gamma=0.5) from 0.1 does in 12 epochs, as torch 2.13 was measured.
STEP_LR = columns(
    lr=[0.1] * 5 + [0.05] * 5 + [0.025] * 2,
    lr_after=[0.1] * 4 + [0.05] * 5 + [0.025] * 3,
)


@pytest.mark.parametrize(
    ("losses", "unsteady"),
    [
        ([0.7, 3.1, nan, nan], True),
        ([0.7, nan], True),
        ([0.7, inf, 0.5], True),
        ([-inf, 0.5], True),
        ([0.7, 0.6, 0.5], False),
        ([0.7, 0.8, 0.5], False),
        ([0.7, 0.8, 0.5, 0.6], True),
        ([0.7, 0.7, 0.7], False),
        ([0.7], False),
        ([], False),
    ],
)
def test_unsteady_means_two_rises_or_no_finite_number(
    losses: list[float], *, unsteady: bool
) -> None:
    """A loss that becomes NaN counts as unsteady, though NaN never compares as a rise."""
    assert loss_is_unsteady(trace_of(losses)) is unsteady


def test_nan_never_compares_as_a_rise() -> None:
    """A naive count of rises finds none in a loss that is NaN: finite values are decided first."""
    assert rises((nan, nan, nan)) == 0
    assert rises((0.7, nan, 3.0)) == 0


@pytest.mark.parametrize(
    ("losses", "steadily"),
    [
        ([0.7, 0.6, 0.5], True),
        ([0.7, 0.6, 0.6], True),
        ([0.7, 0.7], False),
        ([0.7, 0.6, 0.65], False),
        ([0.7, nan], False),
        ([nan, 0.5], False),
        ([inf, 0.5], False),
        ([0.5, -inf], False),
        ([0.7], False),
        ([], False),
    ],
)
def test_falling_steadily_means_no_rise_and_a_lower_end(
    losses: list[float], *, steadily: bool
) -> None:
    """A steady fall needs two finite epochs, no rise, and an end below the start."""
    assert loss_falls_steadily(trace_of(losses)) is steadily


@settings(deadline=None, max_examples=60)
@given(LOSSES, st.none() | st.just(STOPPED), st.integers(0, 10))
def test_no_loss_is_unsteady_and_falls_steadily(
    losses: list[float], stopped: str | None, planned: int
) -> None:
    """`loss_is_unsteady` and `loss_falls_steadily` are never both true of one trace."""
    trace = trace_of(losses, planned=planned, stopped=stopped)
    assert not (loss_is_unsteady(trace) and loss_falls_steadily(trace))


@settings(deadline=None, max_examples=60)
@given(LOSSES)
def test_what_falls_steadily_is_finite_and_ends_lower(losses: list[float]) -> None:
    """A steady fall implies that the same trace shifted to end where it began is none."""
    if loss_falls_steadily(trace_of(losses)):
        assert all(map(isfinite, losses))
        assert losses[-1] < losses[0]
        assert not loss_falls_steadily(trace_of([*losses, losses[0]]))


@settings(deadline=None, max_examples=60)
@given(LOSSES, LOSSES)
def test_of_two_runs_at_most_one_ends_worse(mine: list[float], other: list[float]) -> None:
    """`ends_worse_than` is no two-way street, and no run ends worse than itself."""
    one, two = trace_of(mine), trace_of(other)
    assert not (ends_worse_than(one, two) and ends_worse_than(two, one))
    assert not ends_worse_than(one, one)


@pytest.mark.parametrize(
    ("mine", "other", "worse"),
    [
        ([0.5], [0.4], True),
        ([0.4], [0.5], False),
        ([0.4], [0.4], False),
        ([nan], [1e9], True),
        ([-inf], [0.4], True),
        ([nan], [nan], False),
        ([nan], [inf], False),
        ([0.4], [nan], False),
        ([], [0.4], True),
        ([0.4], [], False),
        ([], [], False),
    ],
)
def test_a_non_finite_end_is_worse_than_any_finite_one(
    mine: list[float], other: list[float], *, worse: bool
) -> None:
    """NaN or no epoch at all ends worse than a finite loss, and not worse than another such."""
    assert ends_worse_than(trace_of(mine), trace_of(other)) is worse


def test_slower_but_steadier_compares_halfway_and_by_rises() -> None:
    """Slower means a higher loss after half the epochs; steadier, no more rises."""
    fast, slow = trace_of([1.0, 0.5, 0.2, 0.1]), trace_of([1.0, 0.9, 0.8, 0.7])
    jumpy = trace_of([1.0, 0.9, 0.95, 0.7])
    assert is_slower_but_steadier_than(slow, fast)
    assert not is_slower_but_steadier_than(fast, slow)
    assert not is_slower_but_steadier_than(jumpy, fast)
    assert is_slower_but_steadier_than(slow, trace_of([1.0, 0.5, 0.6, 0.1]))


@pytest.mark.parametrize("broken", [[1.0, nan], [1.0, inf], [-inf, 1.0]])
def test_nothing_broken_is_slower_but_steadier(broken: list[float]) -> None:
    """NaN or infinity on either side is neither slower nor steadier."""
    assert not is_slower_but_steadier_than(trace_of(broken), trace_of([1.0, 0.5]))
    assert not is_slower_but_steadier_than(trace_of([1.0, 0.5]), trace_of(broken))


@pytest.mark.parametrize(
    ("losses", "learns"),
    [
        ([1.0, 0.95], True),
        ([1.0, 0.96], False),
        ([1.0, 5.0, 0.5], True),
        ([1.0, nan], False),
        ([nan, 0.1], False),
        ([inf, 0.1], False),
        ([1.0], False),
        ([], False),
    ],
)
def test_learning_means_a_loss_one_twentieth_lower(losses: list[float], *, learns: bool) -> None:
    """Training learns when the last finite loss lies 5 % of the first below it."""
    assert training_learns(trace_of(losses)) is learns


@pytest.mark.parametrize("predicate", [loss_falls_steadily, training_learns])
def test_a_run_that_stopped_early_did_not_succeed(predicate: Callable[[Trace], bool]) -> None:
    """Losses that fell until the run broke off are no steady fall and no learning."""
    losses = [1.0, 0.5, 0.2]
    assert predicate(trace_of(losses))
    assert not predicate(trace_of(losses, stopped=STOPPED))
    assert not predicate(trace_of(losses, planned=4))
    assert not is_slower_but_steadier_than(trace_of(losses, stopped=STOPPED), trace_of([0.1] * 3))


def test_unsteadiness_of_an_early_end_is_judged_by_what_was_finished() -> None:
    """A run that stopped early is unsteady if the epochs that it finished are."""
    assert loss_is_unsteady(trace_of([1.0, 2.0, 1.0, 2.0], planned=9, stopped=STOPPED))
    assert not loss_is_unsteady(trace_of([1.0, 0.5], planned=9, stopped=STOPPED))


@pytest.mark.parametrize(
    ("accuracy", "value", "within", "reached"),
    [
        ([0.5, 0.9], 0.9, 2, True),
        ([0.5, 0.9], 0.9, 1, False),
        ([nan, nan], 0.0, 2, False),
        ([nan, 0.9], 0.9, 2, True),
        ([], 0.0, 5, False),
        ([1.0], 1.0, 0, False),
    ],
)
def test_accuracy_reaches_a_value_within_so_many_epochs(
    accuracy: list[float], value: float, within: int, *, reached: bool
) -> None:
    """Only the first `within` epochs count, and NaN reaches nothing."""
    assert accuracy_reaches(columns(accuracy=accuracy), value, within) is reached


@pytest.mark.parametrize(
    ("changes", "never"),
    [
        ([0.0, 0.0], True),
        ([0.0, 5e-324], False),
        ([nan], False),
        ([inf], False),
        ([], True),
    ],
)
def test_weights_never_change_only_bit_for_bit(changes: list[float], *, never: bool) -> None:
    """The smallest change is one, and so are NaN and infinity; no epoch is no known change."""
    assert weights_never_change(columns(weight_change=changes)) is never


@pytest.mark.parametrize(
    ("epoch", "clock", "times"),
    [
        (4, START_0, 1.0),
        (5, START_0, 0.5),
        (10, START_0, 0.25),
        (5, START_1, 1.0),
        (6, START_1, 0.5),
        (4, END_0, 0.5),
        (5, END_1, 0.5),
        (4, END_1, 1.0),
    ],
)
def test_the_clock_says_which_rate_an_epoch_has(epoch: int, clock: str, times: float) -> None:
    """Counting from 0, epoch 5 starts at 0.05; counting from 1, it still starts at 0.1."""
    for other in (0.25, 0.5, 1.0):
        assert rate_is_multiple_of_start(STEP_LR, other, epoch, clock) is (other == times)
    assert not rate_is_above_start(STEP_LR, epoch, clock)


@pytest.mark.parametrize(
    ("epoch", "clock"),
    [(12, START_0), (13, START_1), (0, START_1), (-1, START_0), (12, END_0), (0, END_1)],
)
def test_an_epoch_that_was_never_trained_was_not_observed(epoch: int, clock: str) -> None:
    """Beyond the trained epochs nothing is known: the predicate raises and is not false."""
    with pytest.raises(NotRecordedError, match="12 epochs"):
        rate_is_multiple_of_start(STEP_LR, 1.0, epoch, clock)
    with pytest.raises(NotRecordedError, match="12 epochs"):
        rate_is_above_start(STEP_LR, epoch, clock)


@pytest.mark.parametrize("clock", CLOCKS)
def test_a_run_without_an_epoch_has_no_rate(clock: str) -> None:
    """Empty columns hold no rate: asking for one raises NotRecordedError."""
    empty = columns(lr=[], lr_after=[])
    with pytest.raises(NotRecordedError):
        rate_is_multiple_of_start(empty, 1.0, 1, clock)
    with pytest.raises(NotRecordedError):
        rate_is_above_start(empty, 1, clock)


def test_a_rate_that_is_no_number_equals_nothing() -> None:
    """NaN is no multiple of any rate and not above any."""
    broken = columns(lr=[0.1, nan], lr_after=[nan, nan])
    assert not rate_is_multiple_of_start(broken, 1.0, 1, START_0)
    assert not rate_is_above_start(broken, 1, START_0)


def test_no_rate_is_a_multiple_of_none_but_zero_and_the_same() -> None:
    """Of a first rate of 0, neither half nor twice is told, though 0 is both."""
    none = columns(lr=[0.0, 0.0, 0.1], lr_after=[0.0, 0.1, 0.1])
    told = {
        times
        for times in (0, 0.25, 0.5, 1, 2)
        if rate_is_multiple_of_start(none, times, 1, START_0)
    }
    assert told == {0, 1}
    assert not rate_is_multiple_of_start(none, 1.0, 2, START_0)


def test_rates_are_equal_up_to_rounding() -> None:
    """A scheduler multiplies floats: 0.3 * 0.1 is a tenth of 0.3 in words, and not above it."""
    rounded = columns(lr=[0.3, 0.3 * 0.1, 0.1 * 3], lr_after=[0.3, 0.3, 0.3])
    assert rate_is_multiple_of_start(rounded, 0.1, 1, START_0)
    assert rate_is_multiple_of_start(rounded, 1.0, 2, START_0)
    assert not rate_is_above_start(rounded, 2, START_0)
    assert rate_is_above_start(columns(lr=[0.1, 0.2], lr_after=[0.2, 0.2]), 1, START_0)


ARGUMENTS = {
    "value": 0.5,
    "within": 1,
    "times": 1.0,
    "epoch": 0,
    "clock": START_0,
    "level": 0.5,
    "factor": 2.0,
    "rate": 0.01,
    "error": "TypeError",
}


@pytest.mark.parametrize("name", sorted(PREDICATES))
def test_every_predicate_raises_on_what_nobody_recorded(name: str) -> None:
    """A predicate that asks for something unrecorded raises; it is never simply false."""
    predicate = PREDICATES[name]
    arms = dict.fromkeys(predicate.arms, Trace())
    given = {key: value for key, value in ARGUMENTS.items() if key in predicate.parameters}
    with pytest.raises(NotRecordedError):
        predicate(**arms, **given)


@pytest.mark.parametrize("name", sorted(PREDICATES))
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_every_predicate_decides_any_numbers(name: str, data: st.DataObject) -> None:
    """On any recorded columns a predicate is true, false, or says that an epoch is not there."""
    predicate = PREDICATES[name]

    def drawn(arm: str) -> Trace:
        of_steps, named = (
            sorted(each.removeprefix(kind) for each in predicate.needs if each.startswith(kind))
            for kind in ("step.", "epoch.")
        )
        values = {each: data.draw(LOSSES, label=f"{arm}.{each}") for each in named}
        stopped = data.draw(st.none() | st.just(STOPPED))
        trace = columns(**values, planned=data.draw(st.integers(0, 9)), stopped=stopped)
        steps = {each: tuple(data.draw(LOSSES, label=f"{arm}.step.{each}")) for each in of_steps}
        return replace(trace, steps=steps, recorded=trace.recorded | predicate.needs)

    arms = {arm: drawn(arm) for arm in predicate.arms}
    given = {key: value for key, value in ARGUMENTS.items() if key in predicate.parameters}
    try:
        assert predicate(**arms, **given) in (True, False)
    except NotRecordedError:
        assert "epoch" in given


@pytest.mark.parametrize("name", sorted(PREDICATES))
def test_every_predicate_is_documented(name: str) -> None:
    """Authors read a predicate's first line; item files name it as it is listed."""
    predicate = PREDICATES[name]
    assert predicate.name == name
    assert predicate.summary.endswith(".")
    assert predicate.arms
    assert predicate.needs
