"""Recipes behind the seed pages: what each does, beside plain PyTorch and arithmetic by hand."""

from __future__ import annotations

import math

import pytest
import torch
from torch import nn

from lrquiz.errors import RecipeError
from lrquiz.evidence.predicates.levels import late_loss_is_lower_than
from lrquiz.evidence.predicates.loss import loss_falls_steadily, rises
from lrquiz.evidence.predicates.steps import iterate_alternates
from lrquiz.experiments.recipes import layer_rates, noisy_quadratic, optimizer_call, quadratic


@pytest.mark.parametrize("curvature", [1.0, 4.0])
def test_a_step_multiplies_the_weight(curvature: float) -> None:
    """On a parabola one step of SGD multiplies the weight by 1 - lr * curvature."""
    trace = quadratic.run(quadratic.Arm(lr=0.3, curvature=curvature, start=2.0), 0, 5)
    factor = 1 - 0.3 * curvature
    assert trace.epoch("weight") == pytest.approx([2.0 * factor**n for n in range(1, 6)], rel=1e-5)
    assert trace.epoch("loss")[0] == curvature * 2.0
    assert trace.epoch("gradient")[0] == curvature * 2.0
    assert trace.epoch("step")[0] == pytest.approx(-0.3 * curvature * 2.0)
    assert trace.epoch("weight_change")[0] == pytest.approx(0.3 * curvature * 2.0)


@pytest.mark.parametrize(
    ("product", "alternates", "falls"),
    [(0.5, False, True), (1.5, True, True), (2.0, True, False), (2.1, True, False)],
)
def test_rate_times_curvature_decides(product: float, *, alternates: bool, falls: bool) -> None:
    """Below 1 nothing alternates, to 2 the weight does while the loss falls; at 2 it is flat."""
    for curvature in (0.5, 1.0, 8.0):
        trace = quadratic.run(
            quadratic.Arm(lr=product / curvature, curvature=curvature, start=1.0), 0, 20
        )
        assert iterate_alternates(trace) is alternates
        assert loss_falls_steadily(trace) is falls
    losses = trace.epoch("loss")
    assert (len(set(losses)) == 1) is (product == 2.0)
    assert (rises(losses) == 19) is (product > 2)


def test_a_step_below_the_spacing_of_float32_is_lost() -> None:
    """From weight 1, a thousand steps of 1e-8 change nothing; steps of 1e-7 do."""
    lost = quadratic.run(quadratic.Arm(shape="line", lr=1e-8), 0, 1000)
    assert set(lost.epoch("weight")) == {1.0}
    assert set(lost.epoch("gradient")) == {1.0}
    moved = quadratic.run(quadratic.Arm(shape="line", lr=1e-7), 0, 1000)
    assert moved.epoch("weight")[-1] < 1.0


def test_the_loss_is_that_before_the_step() -> None:
    """On a line, where the loss is the weight itself, it is not the weight that the step leaves."""
    trace = quadratic.run(quadratic.Arm(shape="line", lr=0.25), 0, 3)
    assert trace.epoch("loss") == (1.0, 0.75, 0.5)
    assert trace.epoch("weight") == (0.75, 0.5, 0.25)


def test_momentum_and_a_schedule_are_those_of_torch() -> None:
    """The trace equals, bit for bit, a loop by hand with torch.optim."""
    weight = nn.Parameter(torch.tensor(1.0))
    optimizer = torch.optim.SGD([weight], lr=0.1, momentum=0.9)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, 2, 0.5)
    weights = []
    for _ in range(6):
        optimizer.zero_grad()
        (weight**2 / 2).backward()
        optimizer.step()
        scheduler.step()
        weights.append(weight.item())
    arm = quadratic.Arm(lr=0.1, momentum=0.9, schedule="StepLR", step_size=2, gamma=0.5)
    trace = quadratic.run(arm, 0, 6)
    assert trace.epoch("weight") == tuple(weights)
    assert trace.epoch("lr") == pytest.approx([0.1, 0.1, 0.05, 0.05, 0.025, 0.025])


def test_without_noise_the_noisy_valley_is_the_quiet_one() -> None:
    """Noise of deviation 0 changes nothing; noise of 1 has about that deviation."""
    quiet = quadratic.run(quadratic.Arm(lr=0.5), 0, 10)
    assert noisy_quadratic.run(noisy_quadratic.Arm(lr=0.5, noise=0.0), 7, 10) == quiet
    noisy = noisy_quadratic.run(noisy_quadratic.Arm(lr=0.0, start=0.0), 7, 1000)
    squares = [each**2 for each in noisy.epoch("gradient")]
    assert math.sqrt(sum(squares) / 1000) == pytest.approx(1.0, rel=0.1)


def test_decay_helps_in_noise_alone() -> None:
    """Under noise the decayed rate ends lower; without it, the constant one does."""

    def arm(schedule: str, noise: float) -> noisy_quadratic.Arm:
        return noisy_quadratic.Arm(
            lr=0.5, schedule=schedule, step_size=25, gamma=0.1, start=10.0, noise=noise
        )

    for seed in range(5):
        decayed, constant = (
            noisy_quadratic.run(arm(each, 1.0), seed, 100) for each in ("StepLR", "none")
        )
        assert late_loss_is_lower_than(decayed, constant)
    decayed, constant = (noisy_quadratic.run(arm(each, 0.0), 0, 60) for each in ("StepLR", "none"))
    assert late_loss_is_lower_than(constant, decayed)


@pytest.mark.parametrize(
    ("text", "rate"),
    [("0.01", 0.01), ("1e-2", 0.01), ("10**-2", 0.01), ("1 / 100", 0.01), ("", 1e-3), ("0", 0.0)],
)
def test_an_argument_is_evaluated_as_python_does(text: str, rate: float) -> None:
    """Numbers however written, and the default where the argument is left out."""
    trace = optimizer_call.run(optimizer_call.Arm(argument=text), 0, 2)
    assert trace.stopped is None
    assert trace.epoch("rate_given") == (rate, rate)


def test_torch_takes_true_and_no_number_for_a_rate() -> None:
    """True is the rate 1; NaN and infinity are accepted as well."""
    for text, expected in (("True", 1.0), ('float("inf")', math.inf)):
        trace = optimizer_call.run(optimizer_call.Arm(argument=text), 0, 1)
        assert trace.epoch("rate_given") == (expected,)
    trace = optimizer_call.run(optimizer_call.Arm(argument='float("nan")'), 0, 1)
    assert trace.stopped is None
    assert math.isnan(trace.epoch("rate_given")[0])


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ('"0.01"', "TypeError"),
        ("learning_rate", "NameError: name 'learning_rate' is not defined"),
        ("nan", "NameError"),
        ("-0.1", "ValueError"),
        ("None", "TypeError"),
        ("1 / 0", "ZeroDivisionError"),
        ('float("one")', "ValueError"),
    ],
)
def test_what_python_and_torch_refuse_is_told(text: str, error: str) -> None:
    """The exception is that of the call itself, and there is no rate."""
    trace = optimizer_call.run(optimizer_call.Arm(argument=text), 0, 3)
    assert (trace.stopped or "").startswith(error)
    assert trace.epoch("rate_given") == (-1.0,)
    assert optimizer_call.run(optimizer_call.Arm(argument=text), 1, 3) == trace


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os')",
        "(lambda: 1)()",
        "().__class__",
        "[0.1][0]",
        "9**9**9",
        "1e300",
        "float(open)",
        "float('1', '2')",
        "lr=0.1",
        "0.1)",
        "1" * 50,
        "\x00",
    ],
)
def test_nothing_else_is_evaluated(text: str) -> None:
    """Calls, attributes, long sums and what is no expression are refused before evaluation."""
    with pytest.raises(RecipeError, match="is not evaluated here"):
        optimizer_call.run(optimizer_call.Arm(argument=text), 0, 1)


def test_each_layer_steps_at_its_own_rate() -> None:
    """The length of the first step is the gradient's times the layer's rate."""
    trace = layer_rates.run(layer_rates.Arm(lr_first=0.3, lr_last=0.05), 1, 1)
    for layer, rate in (("first", 0.3), ("last", 0.05)):
        step, gradient = trace.epoch(f"step_{layer}")[0], trace.epoch(f"gradient_{layer}")[0]
        assert step == pytest.approx(rate * gradient, rel=1e-4)
        assert trace.epoch(f"lr_{layer}") == (rate,)
    lengths = [trace.epoch(f"step_{layer}")[0] for layer in ("first", "last")]
    assert trace.epoch("step")[0] == pytest.approx(math.hypot(*lengths))
    assert trace.epoch("parameters") == (61.0,)


def test_equal_rates_are_plain_pytorch() -> None:
    """With equal rates the losses equal, bit for bit, those of one parameter group."""
    arm = layer_rates.Arm(lr_first=0.1, lr_last=0.1)
    _, data = layer_rates.make_splits(arm, 2)
    torch.manual_seed(2)
    model = nn.Sequential(nn.Linear(10, 5), nn.ReLU(), nn.Linear(5, 1))
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    order = torch.Generator().manual_seed(2)
    total = 0.0
    for rows in torch.randperm(800, generator=order).split(32):
        loss = nn.functional.binary_cross_entropy_with_logits(
            model(data.inputs[rows]).squeeze(1), data.targets[rows]
        )
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        total += loss.item() * 32
    assert layer_rates.run(arm, 2, 1).epoch("loss") == (total / 800,)


def test_the_opposite_task_is_the_task_with_labels_turned_around() -> None:
    """Both tasks part the same space; noise turns labels of training rows alone."""
    noisy = layer_rates.Arm(rows=2000, label_noise=0.2)
    opposite, task = layer_rates.make_splits(noisy, 3)
    _, clean = layer_rates.make_splits(layer_rates.Arm(rows=2000), 3)
    turned = (task.targets != clean.targets).float().mean().item()
    assert turned == pytest.approx(0.2, abs=0.03)
    assert torch.equal(task.test_targets, clean.test_targets)
    assert torch.equal(task.inputs, clean.inputs)
    direction = torch.linalg.lstsq(task.test_inputs, 2 * task.test_targets - 1).solution
    agreeing = ((opposite.inputs @ direction > 0).float() == opposite.targets).float().mean()
    assert agreeing < 0.1


def test_a_pretrained_network_starts_out_wrong() -> None:
    """Pretrained on the opposite task and not trained on, nearly every prediction is wrong."""
    arm = layer_rates.Arm(lr_first=0.0, lr_last=0.0, start="pretrained")
    trace = layer_rates.run(arm, 0, 1)
    assert trace.epoch("accuracy")[0] < 0.05
    assert trace.epoch("weight_change") == (0.0,)
