"""When the recorder looks closely, and that looking changes nothing."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor, nn

from lrquiz.model.trace import Event, Trace
from lrquiz.recorder.builder import TraceBuilder
from lrquiz.recorder.watch import recording
from lrquiz.recorder.watch.looks import looks_after
from lrquiz.recorder.watch.norms import before_step, step_norms

STEPS = 560


def train(optimizers: int = 1) -> list[Tensor]:
    """Train small models in turn with dropout, and return their losses and a random number."""
    torch.manual_seed(0)
    models = [
        nn.Sequential(nn.Linear(4, 8), nn.ReLU(inplace=True), nn.Dropout(0.1), nn.Linear(8, 2))
        for _ in range(optimizers)
    ]
    made = [torch.optim.SGD(each.parameters(), lr=0.01, momentum=0.9) for each in models]
    x, y = torch.randn(16, 4), torch.randint(0, 2, (16,))
    found = []
    for step in range(STEPS):
        model, optimizer = models[step % optimizers], made[step % optimizers]
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        found.append(loss.detach())
    return [*found, torch.rand(1)]


def recorded(optimizers: int) -> tuple[Trace, list[Tensor]]:
    builder = TraceBuilder(0)
    with recording(builder, __file__):
        found = train(optimizers)
    return builder.build(), found


def close(events: tuple[Event, ...]) -> list[Event]:
    return [each for each in events if "grad_norm" in each.numbers]


def test_recording_changes_no_loss() -> None:
    """Losses and the generator are the same bit for bit, in close steps and between them."""
    assert all(map(torch.equal, train(), recorded(1)[1]))


def test_looks_become_seldom() -> None:
    """The first steps are all looked at, and one in fifty or fewer of the later ones."""
    steps = [each.step for each in close(recorded(1)[0].of_kind("step"))]
    assert steps[:12] == list(range(12))
    assert 2 <= len([each for each in steps if each >= 200]) <= (STEPS - 200) / 50


def test_optimizers_that_take_turns_are_both_looked_at() -> None:
    """Late looks do not always fall on the same one of two."""
    trace, _ = recorded(2)
    late = {each.of for each in close(trace.of_kind("step")) if each.step >= 200}
    assert len(late) == 2


def test_every_gradient_is_counted() -> None:
    """Each parameter got as many gradients as there were calls of `backward`."""
    trace, _ = recorded(1)
    parameters = [each for each in trace.things.values() if each.kind == "parameter"]
    assert [each.numbers["arrivals"] for each in parameters] == [STEPS] * 4


def test_a_change_of_what_gets_gradients_is_seen_at_once() -> None:
    """A layer that is frozen halfway gets no more gradients, and the events say so."""
    model = nn.Sequential(nn.Linear(3, 3), nn.Linear(3, 1))
    builder = TraceBuilder(0)
    with recording(builder, __file__):
        made = torch.optim.SGD(model.parameters(), lr=0.1)
        for step in range(60):
            model[0].requires_grad_(step < 40)
            nn.functional.mse_loss(model(torch.ones(2, 3)), torch.ones(2, 1)).backward()
            made.step()
    trace = builder.build()
    reached = [each.numbers["reached"] for each in trace.of_kind("backward")]
    assert reached == [4.0] * 40 + [2.0] * 20
    counts = sorted(
        each.numbers["arrivals"] for each in trace.things.values() if each.kind == "parameter"
    )
    assert counts == [40, 40, 60, 60]


def test_no_hook_stays_on_a_parameter() -> None:
    """After the recording, gradients are written with no call of ours."""
    model = nn.Linear(2, 1)
    name = "_post_accumulate_grad_hooks"
    with recording(TraceBuilder(0), __file__):
        model(torch.ones(1, 2)).sum().backward()
        assert all(getattr(each, name) for each in model.parameters())
    assert not any(getattr(each, name) for each in model.parameters())


@given(st.integers(0, 100_000))
def test_a_very_close_look_is_a_close_one(done: int) -> None:
    """What losses are given is looked at only where norms are, and `any` tells of every look."""
    looks = looks_after(done)
    assert looks.close or not looks.very_close
    assert looks.any == any((looks.close, looks.graphs, looks.pairs))


@pytest.mark.parametrize("sparse", [False, True])
def test_norms_of_a_step_are_those_of_its_tensors(*, sparse: bool) -> None:
    """Gradient, update and weight norms are right, also where some parameters have no gradient."""
    table, unused = nn.Embedding(5, 3, sparse=sparse), nn.Linear(2, 2).double()
    optimizer = torch.optim.SGD([*unused.parameters(), *table.parameters()], lr=0.5)
    table(torch.tensor([1, 1, 4])).sum().backward()
    assert table.weight.grad is not None
    gradient = table.weight.grad.to_dense().clone()
    before = before_step(optimizer)
    held = torch.cat([each.detach().double().reshape(-1) for each in before.parameters])
    optimizer.step()
    told = step_norms(before)
    assert (told["parameters"], told["with_grad"]) == (3, 1)
    assert told["grad_norm"] == pytest.approx(float(gradient.norm()))
    assert told["update_norm"] == pytest.approx(0.5 * float(gradient.norm()), rel=1e-5)
    assert told["weight_norm"] == pytest.approx(float(held.norm()), rel=1e-5)
    assert told["along_gradient"] == pytest.approx(-0.5 * float(gradient.norm()) ** 2, rel=1e-5)
