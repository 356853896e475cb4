"""Responses to a blank, run in the real box: right is what trains as a proved response does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lrquiz.bank.items import load_item
from lrquiz.bank.variants import variants_of
from lrquiz.errors import SubmissionsError
from lrquiz.grade.code.fill_in import submission_of, task_of
from lrquiz.grade.code.grading import Grader
from lrquiz.model.item import Variant
from lrquiz.model.record import Record
from lrquiz.model.run import Ending
from lrquiz.quiz.freeze import blank_of
from lrquiz.sandbox import Sandbox

PROVED = {"fill-in-the-rate": "0.01", "fill-in-backward": "loss.backward()", "fill-in-gamma": "0.5"}

BY_HAND = (
    "[setattr(p, 'grad', g) for p, g in zip(model.parameters(), "
    "torch.autograd.grad(loss, model.parameters()))]"
)

RIGHT = (
    *(("fill-in-the-rate", each) for each in ("0.01", " 1E-2 ", "10**-2", "1/100", "0.1*0.1")),
    *(("fill-in-the-rate", each) for each in ("float('0.01')", "torch.tensor(0.01)")),
    # Whatever trains alike is right, wherever it closes the blank's parenthesis.
    ("fill-in-the-rate", "9); optimizer = torch.optim.SGD(model.parameters(), lr=0.01"),
    *(("fill-in-backward", each) for each in ("loss.backward(None)", "loss.sum().backward()")),
    *(("fill-in-backward", each) for each in ("torch.autograd.backward(loss)", BY_HAND)),
    *(("fill-in-gamma", each) for each in ("0.5", ".5", "1/2", "2**-1", "1 - 0.5")),
)

WRONG = (
    ("fill-in-the-rate", "0.010001", "distance to a correct loop's weights"),
    ("fill-in-the-rate", "0.01, momentum=0.9", "distance to a correct loop's weights"),
    ("fill-in-the-rate", "0", "every weight is exactly where it started"),
    ("fill-in-the-rate", "float('nan')", "at least one weight is NaN or infinite"),
    ("fill-in-the-rate", "1e2", ""),
    ("fill-in-backward", "pass", "every weight is exactly where it started"),
    ("fill-in-backward", "(2 * loss).backward()", "distance to a correct loop's weights"),
    ("fill-in-backward", "torch.optim.SGD.step = print; loss.backward()", "every weight is"),
    ("fill-in-backward", "model.__dict__.clear()", ""),
    ("fill-in-backward", "[p.data.zero_() for p in model.parameters()]", "distance to a"),
    ("fill-in-backward", "torch.allclose = torch.equal = lambda *a: True", "every weight is"),
    ("fill-in-gamma", "-0.5", "distance to a correct loop's weights"),
    ("fill-in-gamma", "0.49", "distance to a correct loop's weights"),
    ("fill-in-gamma", "1", "distance to a correct loop's weights"),
)

STOPPED = (
    ('"0.01"', Ending.RUNTIME_ERROR, "TypeError: "),
    ("learning_rate", Ending.RUNTIME_ERROR, "NameError: name 'learning_rate' is not defined"),
    ("0.01)", Ending.RUNTIME_ERROR, "unmatched ')'"),
    ("exit()", Ending.RUNTIME_ERROR, "did it call exit?"),
    ("__import__('os')._exit(0)", Ending.RUNTIME_ERROR, "ended without a result"),
    ("print('x' * 100_000) or 0.01", Ending.OUTPUT_LIMIT, ""),
    ("bytearray(10**9)", Ending.MEMORY_LIMIT, ""),
    ("any(iter(int, 1))", Ending.CPU_LIMIT, ""),
    ("open('/etc/hostname').read()", Ending.RUNTIME_ERROR, "FileNotFoundError"),
    ("___", Ending.RUNTIME_ERROR, "NameError: name '___' is not defined"),
    ("0,01", Ending.RUNTIME_ERROR, ""),
    ("\N{FULLWIDTH DIGIT ONE}", Ending.RUNTIME_ERROR, ""),
)


def variant_of(name: str) -> Variant:
    (path,) = Path("question_bank/items").rglob(f"{name}.toml")
    return variants_of(load_item(path))[0]


Check = Callable[[str, str], Record]


@pytest.fixture(scope="module")
def check(box: Sandbox, secret: bytes) -> Check:
    """Run a response to an item, with little patience."""

    def checked(name: str, response: str) -> Record:
        variant = variant_of(name)
        task = task_of(name, "", blank_of(variant), PROVED[name])
        impatient = replace(task, limits=replace(task.limits, cpu_seconds=1, memory_mib=256))
        return Grader(impatient, secret, box).grade(
            submission_of("you", name, blank_of(variant), response)
        )

    return checked


@pytest.mark.parametrize(("name", "response"), RIGHT)
def test_any_way_of_writing_it_is_right(name: str, response: str, check: Check) -> None:
    """What trains step for step as the proved response is right, listed or not."""
    record = check(name, response)
    assert (record.score, record.points, record.ending) == (1.0, 1.0, Ending.OK)


@pytest.mark.parametrize(("name", "response", "evidence"), WRONG)
def test_what_trains_otherwise_is_wrong(
    name: str, response: str, evidence: str, check: Check
) -> None:
    """Other weights are wrong, by a ten-thousandth even, whatever is done to torch in the box."""
    record = check(name, response)
    assert record.score == 0.0
    assert any(evidence in each.evidence for each in record.checks)


@pytest.mark.parametrize(("response", "ending", "detail"), STOPPED)
def test_what_stops_is_wrong_and_told(
    response: str, ending: Ending, detail: str, check: Check
) -> None:
    """Whatever a response does, the box ends it, and it scores nothing."""
    record = check("fill-in-the-rate", response)
    assert (record.score, record.ending) == (0.0, ending)
    assert detail in record.detail


@pytest.mark.parametrize(
    "response", ["", "  ", "a\nb", "a\rb", "x" * 201, "\0", "\ud800", "0.\u202e01"]
)
def test_what_fits_no_blank_is_refused(response: str) -> None:
    """A response is one line of 1 to 200 characters that can be shown; the message says so."""
    with pytest.raises(SubmissionsError, match="is one line of 1 to 200 characters"):
        submission_of("you", "fill-in-the-rate", blank_of(variant_of("fill-in-the-rate")), response)


def test_the_limits_leave_room_for_training() -> None:
    """The item's own limits are several times what its training takes, and end what does not."""
    limits = task_of("fill-in-gamma", "", blank_of(variant_of("fill-in-gamma")), "0.5").limits
    assert 2 <= limits.cpu_seconds < limits.wall_seconds <= 10
