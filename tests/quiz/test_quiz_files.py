"""Quizzes: frozen from what was verified, written for their owner, refused when touched.

Nothing is trained: a fixture returns traces that were recorded by hand.
"""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from math import nan
from pathlib import Path
from typing import Any, cast

import pytest

from lrquiz.bank.bank import load_bank
from lrquiz.bank.variants import variants_of
from lrquiz.errors import BlueprintError, OutputError, QuizError
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.model.blueprint import Blueprint, Pick
from lrquiz.model.item import Experiment, Item
from lrquiz.model.quiz import Quiz
from lrquiz.model.trace import Trace
from lrquiz.quiz import generate_quiz, read_quiz, write_quiz
from lrquiz.quiz.freeze import freeze
from lrquiz.resources.locate import shipped_bank
from lrquiz.verify import verify_variant

ITEMS = load_bank(shipped_bank()).items
(EXAMPLE,) = (item for item in ITEMS if item.id == "lr-too-high-effect")
BLUEPRINT = Blueprint("Rates", (Pick(1, items=("lr-too-high-effect",)),))
FALLING, BROKEN, BOUNCING = (1.0, 0.5, 0.123456789), (0.7, 3.1, nan), (1.0, 2.0, 1.0, 2.0)


def trace_of(losses: tuple[float, ...]) -> Trace:
    return Trace(
        epochs={"loss": losses, "accuracy": (0.5,) * len(losses)},
        recorded=frozenset({"epoch.loss", "epoch.accuracy"}),
        planned_epochs=len(losses),
    )


@dataclass
class RecordedRuns:
    """A fixture that returns recorded traces where the laboratory would train for them."""

    high: Callable[[Experiment], tuple[float, ...]] = lambda _: BROKEN
    asked: list[Experiment] = field(default_factory=list)

    def trials(self, experiment: Experiment, seeds: range) -> dict[str, tuple[Trace, ...]]:
        self.asked.append(experiment)
        arms = {"reference": trace_of(FALLING), "too_high": trace_of(self.high(experiment))}
        return {arm: (arms[arm],) * len(seeds) for arm in experiment.arms}


def generated(
    blueprint: Blueprint = BLUEPRINT,
    seed: int = 7,
    runs: RecordedRuns | None = None,
    items: tuple[Item, ...] = (EXAMPLE,),
) -> Quiz:
    laboratory = cast("Laboratory", runs or RecordedRuns())
    return generate_quiz(items, blueprint, seed, partial(verify_variant, laboratory=laboratory))


@pytest.fixture
def quiz() -> Quiz:
    return generated()


def test_a_quiz_survives_its_file(quiz: Quiz, tmp_path: Path) -> None:
    """A quiz read back is the quiz that was written, to the last number."""
    write_quiz(quiz, tmp_path / "quiz.json")
    assert read_quiz(tmp_path / "quiz.json") == quiz


def test_the_same_inputs_give_the_same_bytes(quiz: Quiz, tmp_path: Path) -> None:
    """Nothing in a quiz depends on when it was generated; another seed is another quiz."""
    write_quiz(quiz, tmp_path / "one.json")
    write_quiz(generated(), tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert generated(seed=8).id != quiz.id


def test_other_variants_come_with_an_item(tmp_path: Path) -> None:
    """As many as are asked for and hold, each once; without them a file says nothing of others."""
    verify = partial(verify_variant, laboratory=cast("Laboratory", RecordedRuns()))
    made = generate_quiz((EXAMPLE,), BLUEPRINT, 7, verify, others=1)
    (item,) = made.items
    (other,) = item.others or ()
    assert (other.id, other.others) == (item.id, None)
    assert other.variant != item.variant
    assert replace(item, others=None) == generated().items[0]
    (most,) = generate_quiz((EXAMPLE,), BLUEPRINT, 7, verify, others=9).items
    assert len(most.others or ()) == len(list(variants_of(EXAMPLE))) - 1
    write_quiz(made, tmp_path / "quiz.json")
    assert read_quiz(tmp_path / "quiz.json") == made
    write_quiz(generated(), tmp_path / "quiz.json")
    assert "others" not in json.loads((tmp_path / "quiz.json").read_text())["items"][0]


def test_a_quiz_file_is_for_its_owner_alone(quiz: Quiz, tmp_path: Path) -> None:
    """Keys are inside, so nobody else may read it, even where a readable file was before."""
    path = tmp_path / "quiz.json"
    path.touch(0o644)
    write_quiz(quiz, path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_quiz_that_cannot_be_written_says_so(quiz: Quiz, tmp_path: Path) -> None:
    """A missing folder is an error of output."""
    with pytest.raises(OutputError, match="no such file"):
        write_quiz(quiz, tmp_path / "absent" / "quiz.json")


def change_key(data: dict[str, Any]) -> None:
    data["items"][0]["key"] = ["smooth"]


def change_text(data: dict[str, Any]) -> None:
    data["items"][0]["options"][0]["text"] += "."


def change_points(data: dict[str, Any]) -> None:
    data["items"][0]["points"] = 2.0


def change_id(data: dict[str, Any]) -> None:
    data["id"] = "0" * 16


def change_order(data: dict[str, Any]) -> None:
    data["items"][0]["options"].reverse()


@pytest.mark.parametrize(
    "change", [change_key, change_text, change_points, change_id, change_order]
)
def test_a_quiz_changed_by_hand_is_refused(
    quiz: Quiz, tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    """A quiz whose contents do not match its id is no longer what was verified."""
    path = tmp_path / "quiz.json"
    write_quiz(quiz, path)
    data = json.loads(path.read_bytes())
    change(data)
    path.write_text(json.dumps(data))
    with pytest.raises(QuizError, match="do not match its id"):
        read_quiz(path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "not a quiz"),
        (b"\xff\xfe", "not a quiz"),
        (b"[]", "not a quiz"),
        (b"{}", "not a quiz"),
        (b"[" * 100_000, "not a quiz"),
        (b'{"id": 1, "title": "", "seed": 1, "items": [], "versions": {}}', "not a quiz"),
    ],
)
def test_what_is_no_quiz_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    """A malformed file is a quiz error that names the file."""
    path = tmp_path / "quiz.json"
    path.write_bytes(content)
    with pytest.raises(QuizError, match=says) as caught:
        read_quiz(path)
    assert str(path) in str(caught.value)


def test_a_missing_quiz_and_a_folder_are_refused(tmp_path: Path) -> None:
    """What cannot be read says why."""
    with pytest.raises(QuizError, match="no such file"):
        read_quiz(tmp_path / "absent.json")
    with pytest.raises(QuizError, match="is a directory"):
        read_quiz(tmp_path)


@pytest.mark.parametrize(("name", "value"), [("version", 2), ("schema", "lrquiz/record")])
def test_another_version_or_schema_is_refused_by_name(
    quiz: Quiz, tmp_path: Path, name: str, value: object
) -> None:
    """A file of another release says so, and is not said to have been changed by hand."""
    path = tmp_path / "quiz.json"
    write_quiz(quiz, path)
    data = json.loads(path.read_bytes())
    path.write_text(json.dumps({**data, name: value}))
    with pytest.raises(QuizError, match="is not lrquiz/quiz version 1"):
        read_quiz(path)


def test_the_order_of_options_depends_on_the_seed_and_not_on_the_key() -> None:
    """Whichever option evidence makes the key, a seed shows the options in the same order."""
    runs = (RecordedRuns(), RecordedRuns(lambda _: (1.0, 0.9, 0.8)))
    bouncing, slower = (
        verify_variant(variants_of(EXAMPLE)[0], cast("Laboratory", each)) for each in runs
    )
    assert bouncing.key != slower.key
    orders = []
    for seed in range(30):
        one, two = freeze(bouncing, seed), freeze(slower, seed)
        orders.append(tuple(option.id for option in one.options))
        assert tuple(option.id for option in two.options) == orders[-1]
    assert len(set(orders)) > 5


def test_claims_exchanged_between_options_leave_the_order_of_positions() -> None:
    """With two options' claims and texts exchanged, each position still shows the same id."""
    first, second, *rest = EXAMPLE.options
    turned = replace(
        EXAMPLE,
        options=(
            replace(first, text=second.text, claim=second.claim),
            replace(second, text=first.text, claim=first.claim),
            *rest,
        ),
    )
    for seed in range(10):
        (one,) = generated(seed=seed).items
        (two,) = generated(seed=seed, items=(turned,)).items
        assert [option.id for option in one.options] == [option.id for option in two.options]
        assert (one.key, two.key) == (("bounces",), ("smooth",))


def test_a_frozen_item_holds_evidence_and_curves(quiz: Quiz) -> None:
    """Figures of every claim, and lines whose broken values are gaps, come with the item."""
    (item,) = quiz.items
    assert {option.evidence.trials for option in item.options} == {64}
    assert [premise.held for premise in item.premises] == [64, 64]
    reference, high = item.curves
    assert reference.lines[0] == (1.0, 0.5, 0.123457)
    assert high.lines[0] == (0.7, 3.1, None)
    assert len(high.lines) <= 8
    assert quiz.versions["torch"]


def test_a_variant_that_does_not_hold_is_passed_over() -> None:
    """If only one variant of an item holds, every seed draws that one."""

    def only_thirty(experiment: Experiment) -> tuple[float, ...]:
        return BOUNCING if experiment.arms["too_high"]["lr"] == 30.0 else FALLING

    for seed in range(6):
        (item,) = generated(seed=seed, runs=RecordedRuns(only_thirty)).items
        assert item.variant == "arms.too_high.lr=30.0"


def test_a_bank_that_cannot_fill_a_blueprint_says_what_is_missing_and_why() -> None:
    """The message counts, names the demand, and gives the reason of each rejected variant."""
    with pytest.raises(BlueprintError) as caught:
        generated(runs=RecordedRuns(lambda _: FALLING))
    message = str(caught.value)
    assert "1 wanted (items lr-too-high-effect), 0 found" in message
    assert message.count("rejected: lr-too-high-effect") == 2
    assert "premise failed" in message


def test_no_item_is_drawn_twice() -> None:
    """Two demands that one item could fill need two items."""
    picks = (Pick(1, difficulty="easy"), Pick(1, objective="lr.explain-instability"))
    with pytest.raises(BlueprintError, match=r"objective lr\.explain-instability"):
        generated(Blueprint("Twice", picks))


def test_a_demand_that_nothing_matches_trains_nothing() -> None:
    """Objective and difficulty are matched before any run is asked for."""
    runs = RecordedRuns()
    with pytest.raises(BlueprintError, match="difficulty hard"):
        generated(Blueprint("Hard", (Pick(1, difficulty="hard"),)), runs=runs)
    assert not runs.asked
