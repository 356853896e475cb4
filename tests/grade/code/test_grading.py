"""Grading in the real box: what weights deserve, whatever the code says of itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from lrquiz.grade.code.grading import Grader
from lrquiz.grade.code.hidden import seeds_of
from lrquiz.grade.gradebook import open_gradebook
from lrquiz.grade.intake import Submission, collect
from lrquiz.model.run import Ending, Limits, Run
from lrquiz.model.task import Outcome, Task
from lrquiz.resources.secret import fingerprint
from lrquiz.sandbox import Sandbox

DEMO_CLASS: dict[str, tuple[float, Ending, list[str]]] = {
    "ada": (10, Ending.OK, []),
    "alan": (1, Ending.OK, ["G6"]),
    "barbara": (7, Ending.OK, ["S1"]),
    "donald": (0, Ending.OK, ["H1"]),
    "edsger": (2, Ending.OK, ["G1"]),  # at least: on some data its loss falls all the same
    "eve": (0, Ending.RUNTIME_ERROR, []),
    "grace": (10, Ending.OK, []),
    "katherine": (2, Ending.OK, []),
    "mallory": (0, Ending.CPU_LIMIT, []),
    "margaret": (7, Ending.OK, []),
    "oscar": (0, Ending.MEMORY_LIMIT, []),
    "radia": (0, Ending.RUNTIME_ERROR, []),
    "trudy": (0, Ending.RUNTIME_ERROR, []),
    "victor": (1, Ending.OK, []),
}


@pytest.fixture(scope="session")
def demo_class(repository: Path) -> dict[str, Submission]:
    folder = repository / "question_bank" / "demo"
    found = [
        *collect(folder / "class").submissions,
        *collect(folder / "hostile").submissions,
    ]
    return {submission.student: submission for submission in found}


def test_every_demo_submission_has_an_expectation(demo_class: dict[str, Submission]) -> None:
    """No submission of the demo class goes untested."""
    assert set(demo_class) == set(DEMO_CLASS)


@pytest.mark.parametrize("student", DEMO_CLASS)
def test_demo_class(
    student: str, demo_class: dict[str, Submission], task: Task, box: Sandbox, secret: bytes
) -> None:
    """Each gets what its weights deserve; only the right ones get full marks."""
    record = Grader(task, secret, box).grade(demo_class[student])
    score, ending, mistakes = DEMO_CLASS[student]
    assert record.ending == ending
    assert record.score == score or (student == "edsger" and record.score == score + 2)
    assert [each.code for each in record.diagnoses] == mistakes
    assert record.tier == "full"


def test_grading_twice_gives_the_same_record(
    demo_class: dict[str, Submission], task: Task, box: Sandbox, secret: bytes
) -> None:
    """Same secret, student and code: the same checks, evidence and curves, apart from times."""
    grader = Grader(task, secret, box)
    first, again = (grader.grade(demo_class["edsger"]) for _ in range(2))
    assert (first.checks, first.curves, first.diagnoses) == (
        again.checks,
        again.curves,
        again.diagnoses,
    )


def test_students_get_data_of_their_own(
    demo_class: dict[str, Submission], task: Task, box: Sandbox, secret: bytes
) -> None:
    """Another student's name draws other hidden data, from the secret alone."""
    grader = Grader(task, secret, box)
    ada = demo_class["ada"]
    other = Submission("bob", ada.source, ada.digest)
    assert grader.grade(ada).curves != grader.grade(other).curves


def test_nothing_found_in_the_box(
    demo_class: dict[str, Submission], task: Task, box: Sandbox, secret: bytes
) -> None:
    """A search of disk and memory finds no reference, and none of the judge's modules."""
    eve = Grader(task, secret, box).grade(demo_class["eve"])
    assert "found" not in eve.stdout
    assert "root:" not in eve.stdout
    assert eve.stdout.count("FileNotFoundError") == 3
    victor = Grader(task, secret, box).grade(demo_class["victor"])
    assert "no other train() in memory; modules: []" in victor.stdout


@pytest.mark.parametrize(
    ("source", "score"),
    [
        ("def train(model, batches, **k):\n    model[0].weight.data = model[0].weight.data[:3]", 0),
        ("def train(model, batches, **k):\n    model[2] = model[0]", 0),
        ("def train(model, batches, **k):\n    model.double()", 0),
        ("def train(model, batches, **k):\n    model.state_dict = lambda: {}", 0),
        ("import torch\ndef train(model, batches, **k):\n    torch.Tensor.backward = print", 1),
        ("def other(): pass", 0),
        ("this is not Python", 0),
        ("raise SystemExit(0)", 0),
        ("x = (" * 5000, 0),
        ("", 0),
    ],
)
def test_tampering_earns_nothing(
    source: str, score: int, task: Task, box: Sandbox, secret: bytes
) -> None:
    """Other shapes, types, names, patched torch or no function at all: no points to gain."""
    record = Grader(task, secret, box).grade(Submission("mal", source, "digest"))
    assert record.score == score
    assert record.ending in (Ending.OK, Ending.RUNTIME_ERROR, Ending.MEMORY_LIMIT)


def test_dependants_of_a_failed_check_are_unchecked(
    demo_class: dict[str, Submission], task: Task, box: Sandbox, secret: bytes
) -> None:
    """Where the weights never moved, what rests on that is unchecked, not failed."""
    record = Grader(task, secret, box).grade(demo_class["alan"])
    assert [check.outcome for check in record.checks] == [
        Outcome.PASSED,
        Outcome.FAILED,
        Outcome.UNCHECKED,
        Outcome.UNCHECKED,
        Outcome.UNCHECKED,
    ]


class BrokenBox:
    """A box that fails: by raising, or by saying that it failed."""

    def __init__(self, *, raises: bool) -> None:
        self._raises = raises

    def run(self, request: bytes, limits: Limits) -> Run:
        if self._raises:
            message = f"no room for {len(request)} bytes under {limits}"
            raise OSError(message)
        return Run(Ending.INTERNAL_ERROR, "it broke", None, "", "", 0.0, 0.0, 0.0, "full")


@pytest.mark.parametrize("raises", [True, False])
def test_a_fault_of_ours_costs_no_points(
    *, raises: bool, demo_class: dict[str, Submission], task: Task, secret: bytes, tmp_path: Path
) -> None:
    """An internal error leaves the score open, is flagged, and is graded again next time."""
    ada = demo_class["ada"]
    record = Grader(task, secret, BrokenBox(raises=raises)).grade(ada)
    assert record.ending is Ending.INTERNAL_ERROR
    assert record.score is None
    assert record.needs_attention
    with open_gradebook(tmp_path / "book") as book:
        book.hand_in(task.id, [ada], {})
        book.add(record)
        assert book.graded(task.id, task.version, fingerprint(secret)) == set()


FORGED_TRACE = """
import json, sys
from safetensors.torch import save

def train(model, batches, epochs, lr, step_size, gamma):
    text = json.dumps({{"trace": {trace}}}).encode()
    harness = sys._getframe(1).f_globals
    harness["pack"] = lambda _, tensors: len(text).to_bytes(8, "big") + text + save(tensors)
    print("forged")
"""

EMPTY_COLUMNS = """{
    "epochs": {}, "steps": {"lr": [], "loss": []}, "events": [], "planned_epochs": 1,
    "recorded": ["events", "step.lr", "step.loss", "epoch.weight_change"], "stopped": None,
}"""
WILD_NUMBERS = """{
    "epochs": {"loss": ["nan", 1e308], "weight_change": [0.0]},
    "steps": {"lr": ["inf"], "loss": ["nan"]}, "planned_epochs": 10**30, "stopped": "x",
    "events": [["step", 1, 2, {}], ["backward", 1, 10**9, {}], ["scheduler_step", 0, 0, {}]],
    "recorded": ["events", "step.lr", "step.loss", "epoch.weight_change", "epoch.loss"],
}"""


@pytest.mark.parametrize(
    "trace",
    [
        "{}",
        "[]",
        "None",
        EMPTY_COLUMNS,
        WILD_NUMBERS,
    ],
)
def test_a_forged_trace_changes_no_score(
    trace: str, task: Task, box: Sandbox, secret: bytes
) -> None:
    """A trace altered by the code it recorded explains nothing, and is no fault of ours either."""
    source = FORGED_TRACE.format(trace=trace)
    record = Grader(task, secret, box).grade(Submission("mal", source, "digest"))
    assert record.ending is Ending.OK
    assert "forged" in record.stdout
    assert record.score == 1  # for finite weights, which is all that this code leaves


PROBING = """
import torch

def train(model, batches, **arguments):
    seen = torch.cat([inputs for inputs, _ in batches])
    for seed in {torch.initial_seed(), torch.initial_seed() % 2**32}:
        for size in (seen.shape, (10, 2), (2, 10), (200, 10)):
            generator = torch.Generator().manual_seed(seed)
            for _ in range(3):
                drawn = torch.randn(size, generator=generator)
                if drawn.shape == seen.shape and torch.equal(drawn, seen):
                    print("rebuilt the hidden rows")
"""


def test_the_boxs_seed_tells_nothing_of_the_data(task: Task, box: Sandbox, secret: bytes) -> None:
    """The state of random generators in the box rebuilds none of the rows it was given."""
    record = Grader(task, secret, box).grade(Submission("mal", PROBING, "digest"))
    assert record.ending is Ending.OK
    assert "rebuilt" not in record.stdout


def test_purposes_have_seeds_of_their_own(secret: bytes) -> None:
    """Data, held-out rows and the box's generators are drawn from three different seeds."""
    seeds = seeds_of(secret, "ada", "task", "case")
    assert len({seeds.data, seeds.held_out, seeds.box}) == 3


LONG_NAME = """
import sys
from safetensors.torch import save
import torch

def train(model, batches, **arguments):
    text = (
        b'{"trace": {"epochs": {}, "steps": {}, "events": [], "recorded": [],'
        b' "planned_epochs": 1, "stopped": null}}'
    )
    frame = save({"w" * 10_000_000: torch.zeros(1)})
    harness = sys._getframe(1).f_globals
    harness["pack"] = lambda *_: len(text).to_bytes(8, "big") + text + frame
"""


def test_a_forged_reply_swells_no_record(task: Task, box: Sandbox, secret: bytes) -> None:
    """Names that hostile code chose are cut short before they reach a record or a page."""
    record = Grader(task, secret, box).grade(Submission("mal", LONG_NAME, "digest"))
    assert (record.score, record.ending) == (0, Ending.OK)
    assert max(len(check.evidence) for check in record.checks) < 500


def test_tracebacks_name_no_place_of_the_machine(
    demo_class: dict[str, Submission], task: Task, box: Sandbox, secret: bytes
) -> None:
    """A traceback through torch names its files from torch on, not where they are installed."""
    record = Grader(task, secret, box).grade(demo_class["radia"])
    assert 'File "torch/optim/' in record.stderr
    assert "site-packages" not in record.stderr
    assert 'File "submission.py", line 7' in record.stderr
