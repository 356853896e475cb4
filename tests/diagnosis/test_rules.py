"""Diagnosis of traces as such: of none, of parts, of nonsense; and which cause comes first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrquiz.diagnosis import diagnose
from lrquiz.diagnosis.causes import without_consequences
from lrquiz.diagnosis.diagnose import MOST_FINDINGS
from lrquiz.diagnosis.finding import ADVICE, ERROR, Finding, finding
from lrquiz.model.trace import Event, Thing, Trace

RECORDED = frozenset({"events", "step.lr", "step.loss"})
PIECE = 6


def never_cleared(steps: int = 8) -> Trace:
    """Return what a loop without zero_grad() leaves behind."""
    events: list[Event] = []
    for done in range(steps):
        numbers = {"loss": 1.0, "leftover": 1.0, "leftover_2": float(done), "got_2": 1.0}
        events.append(Event("backward", done, 5, numbers))
        events.append(Event("step", done, 6, {"lr": 0.1, "grad_norm": done + 1.0}, of=2))
    things = {
        1: Thing("parameter", "weight", 1, {"arrivals": float(steps), "changed": 1.0}),
        2: Thing("optimizer", "SGD", 2, {"lr": 0.1}, parts=(1,)),
    }
    return Trace(
        steps={"lr": (0.1,) * steps, "loss": (1.0,) * steps},
        events=tuple(events),
        recorded=RECORDED,
        things=things,
    )


def test_what_was_recorded_is_told_with_its_counts() -> None:
    """A finding names the line, and tells how often and how much."""
    (found,) = diagnose(never_cleared())
    assert (found.code, found.line, found.severity) == ("G1", 5, ERROR)
    assert "backward() ran 8 times" in found.evidence
    assert found.numbers["backwards"] == 8


def test_an_empty_trace_proves_nothing() -> None:
    """A program that did nothing made no mistake of training."""
    assert diagnose(Trace(recorded=RECORDED)) == ()


@pytest.mark.parametrize("missing", ["events"])
def test_a_trace_that_lacks_what_rules_need_proves_nothing(missing: str) -> None:
    """What nobody recorded is never held against a program."""
    trace = never_cleared()
    lacking = Trace(trace.epochs, trace.steps, (), RECORDED - {missing}, things=trace.things)
    assert diagnose(lacking) == ()


def told(code: str, severity: str = ERROR) -> Finding:
    return finding(code, "", 1, evidence="", why="", change="", severity=severity)


def kept(*found: Finding) -> list[tuple[str, str]]:
    return [(each.code, each.severity) for each in without_consequences(found)]


def test_a_structural_error_explains_the_other_structural_findings() -> None:
    """A model that its optimizer does not hold has also parameters that none holds."""
    assert kept(told("O3"), told("O4"), told("G10", ADVICE)) == [("O3", ERROR)]


def test_any_error_explains_a_rate_that_seems_wrong() -> None:
    """The rate is blamed last; advice does not excuse it."""
    assert kept(told("S1"), told("H2")) == [("S1", ERROR)]
    assert kept(told("D7", ADVICE), told("H1")) == [("H1", ERROR), ("D7", ADVICE)]


def test_undivided_accumulation_is_the_reason_of_a_high_rate() -> None:
    """By itself it is advice; where the loss runs away, it is why."""
    assert kept(told("G10", ADVICE), told("H1")) == [("G10", ERROR)]


def test_independent_mistakes_are_both_told() -> None:
    """A mistake in the schedule is no consequence of one with gradients."""
    assert kept(told("G1"), told("S3")) == [("G1", ERROR), ("S3", ERROR)]


def test_the_source_decides_the_line_and_nothing_else() -> None:
    """Without a source, or with one that is no Python, the finding is the same elsewhere."""
    trace = never_cleared()
    assert diagnose(trace) == diagnose(trace, "x = (") == diagnose(trace, "loss.backward()\n")


KINDS = (
    *("zero_grad", "forward", "backward", "step", "scheduler_step", "module", "mode", "clip"),
    *("loader", "scale", "unscale", "scaler_step", "history", "rate", "dropout", "fault"),
)
NAMES = (
    *("loss", "leftover", "leftover_1", "got_1", "norm_1", "weights_1", "grad", "lr", "grad_norm"),
    *("update_norm", "weight_norm", "with_grad", "limit", "norm", "scale", "nodes", "factor"),
    *("mean", "positive", "first_grad", "last_grad", "left_out", "left_out_at", "before", "after"),
    *("arrivals", "changed", "requires_grad", "used", "used_at", "size", "registered", "training"),
)
WORDS = st.dictionaries(
    st.sampled_from(("name", "typo", "unread", "meant", "loss", "by")), st.text()
)
NUMBERS = st.dictionaries(st.sampled_from(NAMES), st.floats(), max_size=PIECE)
LINES = st.none() | st.integers(-2, 9)
EVENTS = st.builds(
    Event, st.sampled_from(KINDS), st.integers(-1, 30), LINES, NUMBERS, WORDS, st.integers(-1, 5)
)
THINGS = st.builds(
    Thing,
    st.sampled_from(("optimizer", "scheduler", "module", "loader", "parameter", "other")),
    st.text(max_size=PIECE),
    LINES,
    NUMBERS,
    WORDS,
    st.lists(st.integers(-1, 5), max_size=PIECE).map(tuple),
)


@settings(max_examples=200)
@given(
    st.lists(EVENTS, max_size=40),
    st.dictionaries(st.integers(0, 5), THINGS, max_size=PIECE),
    st.lists(st.floats(), max_size=PIECE).map(tuple),
    st.none() | st.text(),
)
def test_no_trace_breaks_the_rules(
    events: list[Event], things: dict[int, Thing], rates: tuple[float, ...], stopped: str | None
) -> None:
    """A trace may have been altered by the code it recorded: diagnosing it never raises."""
    columns = {"lr": rates, "loss": rates}
    trace = Trace(steps=columns, events=events, recorded=RECORDED, things=things, stopped=stopped)
    assert len(diagnose(trace, "x.grad = None")) <= MOST_FINDINGS
