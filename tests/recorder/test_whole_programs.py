"""Recording a whole program: what rules need is noted, and nothing is changed by it."""

from __future__ import annotations

import copy
import pickle

import pytest
import torch
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from lrquiz.model.trace import Event, Trace
from lrquiz.recorder.builder import TraceBuilder
from lrquiz.recorder.watch import recording


class Turned(nn.Module):
    """Takes a view where it means a transpose."""

    def __init__(self, *, rightly: bool) -> None:
        super().__init__()
        self.rightly = rightly
        self.cell = nn.GRU(3, 5, batch_first=True)

    def forward(self, series: Tensor) -> Tensor:
        time, rows, width = series.shape
        turned = series.transpose(0, 1) if self.rightly else series.view(rows, time, width)
        state: Tensor = self.cell(turned)[1][-1]
        return state


def recorded(program: object) -> Trace:
    assert callable(program)
    builder = TraceBuilder(0)
    with recording(builder, __file__):
        program()
    return builder.build()


def optimizer() -> torch.optim.Optimizer:
    return torch.optim.SGD(nn.Linear(2, 1).parameters(), lr=0.1)


def written(trace: Trace) -> list[Event]:
    return [each for each in trace.events if each.kind == "rate"]


def test_a_rate_written_by_hand_is_seen_with_its_line() -> None:
    """A program's own change of a group is noted; a scheduler's is its own event."""

    def program() -> None:
        made = optimizer()
        schedule = torch.optim.lr_scheduler.StepLR(made, 1, 0.5)
        made.step()
        schedule.step()
        made.param_groups[0]["lr"] = 0.02

    (event,) = written(recorded(program))
    assert (event.numbers["before"], event.numbers["after"]) == (0.05, 0.02)
    assert event.line is not None


def test_groups_stay_the_dictionaries_they_were() -> None:
    """They are copied, pickled and saved as such, and are plain again when recording ends."""
    made = optimizer()

    def program() -> None:
        made.step()
        copied = copy.deepcopy(made.param_groups[0])
        assert type(copied) is dict
        assert type(pickle.loads(pickle.dumps(made.param_groups[0]))) is dict  # noqa: S301 - ours
        assert made.state_dict()["param_groups"][0]["lr"] == 0.1

    recorded(program)
    assert type(made.param_groups[0]) is dict


def test_a_group_that_the_program_holds_too_stays_its_own() -> None:
    """What is written to the program's own dictionary reaches the optimizer, as without us."""
    group = {"params": nn.Linear(2, 1).parameters(), "lr": 0.1}

    def program() -> None:
        made = torch.optim.SGD([group])
        made.step()
        group["lr"] = 0.3
        made.step()

    assert recorded(program).step("lr") == (0.1, 0.3)


@pytest.mark.parametrize("rightly", [True, False])
def test_a_model_that_mixes_rows_is_seen(*, rightly: bool) -> None:
    """One row is changed, and others follow: a view is no transpose."""
    model = Turned(rightly=rightly)

    def program() -> None:
        model(torch.randn(4, 6, 3)).sum().backward()

    (told,) = [each for each in recorded(program).things.values() if each.kind == "mixing"]
    assert (told.numbers["others"] == 0) is rightly
    assert (told.line is None) is rightly


def test_the_generator_is_where_it_was() -> None:
    """Running the model once more at the end draws no number that the program would have drawn."""

    def program() -> None:
        torch.manual_seed(3)
        nn.Dropout()(nn.Linear(3, 2)(torch.randn(5, 4, 3))).sum().backward()

    program()
    expected = torch.rand(3)
    recorded(program)
    assert torch.equal(torch.rand(3), expected)


def test_a_scheduler_within_another_is_driven() -> None:
    """The members of a sequence are not schedulers that nobody steps."""

    def program() -> None:
        made = optimizer()
        kinds = torch.optim.lr_scheduler
        members = [kinds.LinearLR(made, 0.5, total_iters=2), kinds.ExponentialLR(made, 0.9)]
        whole = kinds.SequentialLR(made, members, milestones=[2])
        for _ in range(4):
            made.step()
            whole.step()

    things = recorded(program).things
    schedulers = [each for each in things.values() if each.kind == "scheduler"]
    assert [each.name for each in schedulers] == ["LinearLR", "ExponentialLR", "SequentialLR"]
    (sequence,) = [each for each in schedulers if each.parts]
    assert [things[number].name for number in sequence.parts] == ["LinearLR", "ExponentialLR"]


def test_rows_that_meet_other_targets_are_counted() -> None:
    """Pairs are the same whatever the order of the rows; two orders make new pairs."""
    rows, targets = torch.randn(32, 3), torch.randn(32, 1)
    model = nn.Linear(3, 1)

    def program(*, apart: bool) -> None:
        made = torch.optim.SGD(model.parameters(), lr=0.0)
        for _ in range(17):
            order = torch.randperm(32)
            other = torch.randperm(32) if apart else order
            nn.functional.mse_loss(model(rows[order]), targets[other]).backward()
            made.step()

    for apart in (False, True):
        trace = recorded(lambda apart=apart: program(apart=apart))
        (told,) = [each for each in trace.things.values() if each.kind == "data"]
        assert told.numbers["again"] == 64
        assert (told.numbers["other"] > 50) is apart


def test_a_parameter_that_takes_the_place_of_another_is_a_new_one() -> None:
    """What is gone is forgotten, though another thing may get its `id`; its gradients stay."""

    def program() -> None:
        for _ in range(30):
            nn.Linear(3, 1)(torch.ones(2, 3)).sum().backward()

    trace = recorded(program)
    parameters = [each for each in trace.things.values() if each.kind == "parameter"]
    assert len(parameters) == 60
    assert [each.numbers["reached"] for each in trace.of_kind("backward")] == [2.0] * 30


@pytest.mark.parametrize("kind", [torch.bool, torch.int64, torch.float64, torch.bfloat16])
def test_rows_of_every_type_are_known_again(kind: torch.dtype) -> None:
    """The same rows have the same fingerprint in every step, and other rows have another."""
    rows = torch.arange(16 * 6).reshape(16, 6) % 7 > torch.arange(16)[:, None] % 5

    class Cast(nn.Linear):
        def forward(self, x: Tensor) -> Tensor:
            return super().forward(x.float())

    model = Cast(6, 1)

    def program() -> None:
        made = torch.optim.SGD(model.parameters(), lr=0.0)
        for step in range(10):
            model((rows if step < 9 else ~rows).to(kind)).sum().backward()
            made.step()

    prints = [each.numbers["print"] for each in recorded(program).of_kind("module")]
    assert len(set(prints[:9])) == 1
    assert prints[9] != prints[0]


def test_a_backward_within_another_stops_nothing() -> None:
    """A checkpoint that recomputes its part calls `backward` inside the program's own."""
    first, second = nn.Linear(3, 3), nn.Linear(3, 1)

    def program() -> None:
        made = torch.optim.SGD([*first.parameters(), *second.parameters()], lr=0.1)
        for _ in range(4):
            inside = checkpoint(first, torch.ones(2, 3, requires_grad=True), use_reentrant=True)
            torch.autograd.backward([second(inside).sum()])
            made.step()

    trace = recorded(program)
    assert trace.stopped is None
    assert trace.count("step") == 4
    assert not trace.of_kind("fault")
