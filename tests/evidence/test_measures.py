"""Measures: what each reads off a trace, and how many readings are summed up."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrquiz.errors import NotRecordedError
from lrquiz.evidence.measurements import (
    measured_in_words,
    measurement_faults,
    spread_of,
    taken,
    unasked,
)
from lrquiz.evidence.measures import MEASURES
from lrquiz.model.item import Experiment, Measurement
from lrquiz.model.trace import Trace
from tests.evidence.made_traces import columns, trace_of

START, END = "0-based, start of epoch", "0-based, end of epoch"
EXPERIMENT = Experiment("scheduler_trace", 4, {"step": {}})
RATES = columns(lr=(0.1, 0.1, 0.05, 0.05), lr_after=(0.1, 0.05, 0.05, 0.025))


def read(measure: str, trace: Trace, **parameters: object) -> float:
    return taken(Measurement(measure, {"arm": "step", **parameters}), {"step": trace})


@pytest.mark.parametrize(
    ("epoch", "clock", "rate"),
    [(2, START, 0.05), (2, "1-based, start of epoch", 0.1), (1, END, 0.05), (3, END, 0.025)],
)
def test_the_rate_is_read_by_the_clock(epoch: int, clock: str, rate: float) -> None:
    """The same epoch number is another rate by another clock."""
    assert read("rate_at", RATES, epoch=epoch, clock=clock) == rate


def test_an_epoch_that_never_was_raises() -> None:
    """What was not observed has no number."""
    with pytest.raises(NotRecordedError):
        read("rate_at", RATES, epoch=4, clock=START)
    with pytest.raises(NotRecordedError):
        read("loss_after", trace_of([1.0, 0.5]), epochs=3)


def test_losses_are_counted_from_the_first_epoch() -> None:
    """After one epoch is the first loss; the last is the last; rises are counted between them."""
    trace = trace_of([1.0, 0.5, 0.7, 0.6])
    assert read("loss_after", trace, epochs=1) == 1.0
    assert read("last_loss", trace) == 0.6
    assert read("loss_rises", trace) == 1.0


def test_what_is_not_finite_is_no_count() -> None:
    """NaN never compares as a rise, so that runs which hold it have no number of rises."""
    assert math.isnan(read("loss_rises", trace_of([1.0, math.nan, 2.0])))
    assert math.isnan(read("last_loss", trace_of([])))
    assert math.isnan(read("last_accuracy", columns(accuracy=[])))
    assert read("last_accuracy", columns(accuracy=[0.5, 0.9])) == 0.9


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=80))
def test_nine_in_ten_lie_between_the_quantiles(values: list[float]) -> None:
    """The quantiles enclose the median and at least 90 % of what was measured."""
    spread = spread_of(values)
    assert spread.low is not None
    assert spread.median is not None
    assert spread.high is not None
    assert spread.low <= spread.median <= spread.high
    slack = 1e-9 * max(1.0, abs(spread.low), abs(spread.high))
    inside = sum(spread.low - slack <= each <= spread.high + slack for each in values)
    assert inside >= 0.9 * len(values)


def test_what_is_not_finite_spoils_the_quantiles_it_reaches() -> None:
    """One NaN in a hundred is outside the central ninety; ten of them are not."""
    assert spread_of([1.0] * 99 + [math.nan]).high == 1.0
    assert spread_of([1.0] * 90 + [-math.inf] * 10).high is None
    assert spread_of([math.nan]).median is None


def test_every_measure_says_what_it_is() -> None:
    """Each has a sentence, an arm, and needs something that a trace records."""
    for name, measure in MEASURES.items():
        assert measure.name == name
        assert measure.summary.endswith(".")
        assert measure.arms
        assert measure.needs


def test_a_measurement_is_put_in_words() -> None:
    """Parameters stand in the sentence where the measure names them."""
    measurement = Measurement("rate_at", {"arm": "too_high", "epoch": 3, "clock": START})
    words = measured_in_words(measurement)
    assert words == f"The learning rate with too high at epoch 3 ({START})."


@pytest.mark.parametrize(
    ("measure", "parameters", "fault"),
    [
        ("rate", {}, "there is no measure 'rate'"),
        ("rate_at", {"arm": "step", "epoch": 1}, 'needs clock = "..."'),
        ("rate_at", {"arm": "other", "epoch": 1, "clock": START}, "names no arm"),
        ("rate_at", {"arm": "step", "epoch": 4, "clock": START}, "never trained"),
        ("rate_at", {"arm": "step", "clock": START}, "needs epoch"),
        ("rate_at", {"arm": "step", "epoch": 1.5, "clock": START}, "takes a number (int)"),
        ("last_loss", {"arm": "step"}, "needs epoch.loss"),
        ("last_loss", {"arm": "step", "epoch": 1}, "takes no 'epoch'"),
        ("loss_after", {"arm": "step", "epochs": 5}, "never trained"),
    ],
)
def test_a_wrong_measurement_is_told(
    measure: str, parameters: dict[str, object], fault: str
) -> None:
    """What a file may get wrong is one sentence with what to write instead."""
    found = measurement_faults(Measurement(measure, parameters), EXPERIMENT, RATES.recorded)
    assert fault in "\n".join(found)


def test_a_stem_must_ask_for_what_is_measured() -> None:
    """Words and numbers of the measurement stand in the stem, or it asks for something else."""
    measurement = Measurement("rate_at", {"arm": "step", "epoch": 3, "clock": START})
    assert not list(unasked(measurement, "What is the learning\nrate at epoch 3?"))
    assert "epoch 3" in "".join(unasked(measurement, "What is the rate at epoch 30?"))
    assert "words of rate_at" in "".join(unasked(measurement, "What is the loss at epoch 3?"))
