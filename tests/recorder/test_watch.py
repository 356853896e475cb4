"""The watch: sees every call that matters, changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import nn
from torch.optim import lr_scheduler

from lrquiz.model.trace import Trace
from lrquiz.recorder.builder import MAX_EVENTS, TraceBuilder
from lrquiz.recorder.watch import watching

Code = Callable[[nn.Sequential, list[tuple[torch.Tensor, torch.Tensor]]], None]


def setting(seed: int = 0) -> tuple[nn.Sequential, list[tuple[torch.Tensor, torch.Tensor]]]:
    torch.manual_seed(seed)
    model = nn.Sequential(nn.Linear(4, 8), nn.ReLU(inplace=True), nn.Linear(8, 2))
    batches = [(torch.randn(16, 4), torch.randint(0, 2, (16,))) for _ in range(5)]
    return model, batches


def watched(code: Code) -> Trace:
    builder = TraceBuilder(planned_epochs=1)
    with watching(builder, __file__):
        code(*setting())
    return builder.build()


def ordinary(model: nn.Sequential, batches: list[tuple[torch.Tensor, torch.Tensor]]) -> None:
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    scheduler = lr_scheduler.StepLR(optimizer, 2)
    for x, y in batches:
        optimizer.zero_grad()
        nn.CrossEntropyLoss()(model(x), y).backward()
        optimizer.step()
        scheduler.step()


def test_watching_changes_no_result() -> None:
    """The same program gives the same weights bit for bit with and without the watch."""
    plain, seen = setting(), setting()
    ordinary(*plain)
    with watching(TraceBuilder(1), __file__):
        ordinary(*seen)
    for one, other in zip(plain[0].parameters(), seen[0].parameters(), strict=True):
        assert torch.equal(one, other)


def test_every_call_is_seen_once() -> None:
    """Five batches are five of each call; the scheduler's own first step does not count."""
    trace = watched(ordinary)
    kinds = ("zero_grad", "forward", "backward", "step", "scheduler_step")
    assert {kind: trace.count(kind) for kind in kinds} == dict.fromkeys(kinds, 5)
    assert trace.step("lr") == pytest.approx([0.1, 0.1, 0.01, 0.01, 0.001])


def test_events_name_the_line_of_the_watched_file() -> None:
    """A backward call is noted with the line where the watched code makes it."""
    trace = watched(ordinary)
    first = ordinary.__code__.co_firstlineno
    assert {event.line for event in trace.of_kind("backward")} == {first + 5}
    assert {event.line for event in trace.of_kind("step")} == {first + 6}


def test_composite_schedulers_count_once_per_step() -> None:
    """A scheduler that calls its children's step is one step."""

    def code(model: nn.Sequential, batches: list[tuple[torch.Tensor, torch.Tensor]]) -> None:
        optimizer = torch.optim.Adam(model.parameters())
        parts = [lr_scheduler.ConstantLR(optimizer), lr_scheduler.ExponentialLR(optimizer, 0.9)]
        chained = lr_scheduler.ChainedScheduler(parts)
        plateau = lr_scheduler.ReduceLROnPlateau(optimizer)
        for _ in batches:
            optimizer.step()
            chained.step()
            plateau.step(1.0)

    assert watched(code).count("scheduler_step") == 10


def test_a_step_that_calls_its_parent_is_one_step() -> None:
    """Global hooks fire for a subclass and for its parent; only the outermost step counts."""

    class Loud(torch.optim.SGD):
        def step(self, closure: Any = None) -> Any:  # noqa: ANN401 - as torch has it
            return super().step(closure)

    def code(model: nn.Sequential, batches: list[tuple[torch.Tensor, torch.Tensor]]) -> None:
        optimizer = Loud(model.parameters(), lr=0.1)
        for x, y in batches:
            nn.functional.cross_entropy(model(x), y).backward()
            optimizer.step()

    assert watched(code).count("step") == 5


def test_leftover_gradients_are_seen() -> None:
    """Each backward notes whether gradients of an earlier one were still there."""

    def code(model: nn.Sequential, batches: list[tuple[torch.Tensor, torch.Tensor]]) -> None:
        optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
        for x, y in batches:
            nn.functional.cross_entropy(model(x), y).backward()
            optimizer.step()

    leftovers = [event.numbers["leftover"] for event in watched(code).of_kind("backward")]
    assert leftovers == [0, 1, 1, 1, 1]
    cleared = [event.numbers["leftover"] for event in watched(ordinary).of_kind("backward")]
    assert cleared == [0] * 5


def test_nothing_stays_patched() -> None:
    """After the watch, torch is what it was, even when the watched code raised."""
    names = ((torch.Tensor, "backward"), (nn.functional, "cross_entropy"))
    before = [getattr(owner, name) for owner, name in names]
    message = "on purpose"
    with pytest.raises(ValueError, match=message), watching(TraceBuilder(1)):
        raise ValueError(message)
    assert [getattr(owner, name) for owner, name in names] == before


def test_a_trace_stays_bounded() -> None:
    """However often a call is made, a bounded number of events is kept, and all are counted."""

    def code(model: nn.Sequential, batches: list[tuple[torch.Tensor, torch.Tensor]]) -> None:
        for _ in range(MAX_EVENTS + 2 * len(batches)):
            model.zero_grad()

    trace = watched(code)
    assert len(trace.of_kind("zero_grad")) == MAX_EVENTS
    assert trace.count("zero_grad") == MAX_EVENTS + 10
