"""`--data-root` as a process: a full MNIST is trained on, and what cannot be used is refused."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lrquiz.bank.bank import load_bank
from lrquiz.bank.variants import variants_of
from lrquiz.resources.locate import shipped_bank
from lrquiz.verify import verify_variant
from lrquiz.verify.lock.entries import curves_of, lock_of
from lrquiz.verify.lock.file import write_lock
from tests.conftest import Command
from tests.full_mnist import RAW, write_full_mnist
from tests.verify.recorded_runs import RecordedRuns, losses

SHIPPED = shipped_bank() / "digits"
IMAGES, LABELS = RAW / "train-images-idx3-ubyte", RAW / "train-labels-idx1-ubyte"
COMMANDS = ("verify", "generate", "bank explore", "bank lock", "bank audit")

ITEM = """
id = "digits-tiny"
type = "single_choice"
title = "Digits at a rate that is too high"
objective = "lr.explain-instability"
bloom = "analyze"
difficulty = "medium"
stem = '''
A classifier learns digits at learning rate {{ arms.reference.lr }}, then at
**{{ arms.too_high.lr }}**. Where is its training loss after {{ epochs }} epochs of the latter?
'''
hint = "A hidden unit that outputs 0 for every image learns nothing more."
solution = ["What is left are the biases of the last layer: that is guessing."]
common_mistakes = ["Expecting large steps to arrive sooner."]
[experiment]
recipe = "digits_classifier"
epochs = 2
arms.reference = { lr = 0.1 }
arms.too_high = { lr = 5.0 }
[[premise]]
says = "at {{ arms.too_high.lr }} the loss ends higher than at {{ arms.reference.lr }}"
claim = { predicate = "ends_worse_than", arm = "too_high", than = "reference" }
[[option]]
id = "guessing"
text = "Above 2.2, about as with guessing"
claim = { predicate = "loss_ends_above", arm = "too_high", level = 2.2 }
feedback = "Whatever the image, the prediction is the same."
[[option]]
id = "zero"
text = "Below 0.1, since large steps arrive sooner"
claim = { predicate = "loss_ends_below", arm = "too_high", level = 0.1 }
feedback = "Only while they are short enough to land in the minimum."
[[option]]
id = "same"
text = "Below 0.6, much as at the lower rate"
claim = { predicate = "loss_ends_below", arm = "too_high", level = 0.6 }
feedback = "The rate decides whether anything is learned at all."
"""


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with 60,000 and 10,000 images."""
    return write_full_mnist(tmp_path_factory.mktemp("mnist") / "full")


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bank of one item on digits, locked as if runs on those that ship had proved it."""
    folder = tmp_path_factory.mktemp("digits") / "bank"
    (folder / "items").mkdir(parents=True)
    (folder / "items" / "digits-tiny.toml").write_text(ITEM)
    (folder / "blueprints").mkdir()
    blueprint = 'title = "t"\n[[pick]]\nitems = ["digits-tiny"]\n'
    (folder / "blueprints" / "headline.toml").write_text(blueprint)
    (variant,) = [each for item in load_bank(folder).items for each in variants_of(item)]
    shown = {"reference": losses(2.2, 2.0), "too_high": losses(9.0, 2.3)}
    runs = RecordedRuns(lambda arm, _: shown[arm])
    verified = [verify_variant(variant, runs.as_laboratory)]
    write_lock(folder, lock_of(verified), curves_of(verified))
    return folder


def curves(quiz: Path) -> object:
    """Return what is drawn of the only item of a quiz."""
    (item, *_) = json.loads((quiz / "quiz.json").read_text())["items"]
    return item["curves"]


def test_a_quiz_on_a_full_mnist_rests_on_runs_of_its_images(
    bank: Path, full: Path, lrquiz: Command, tmp_path: Path
) -> None:
    """A lock of the shipped digits proves nothing of others: all is proved anew on those named."""
    shipped = lrquiz("generate", "--bank", bank, "--out", tmp_path / "shipped", "--json")
    assert shipped.json()["variants"] == {"from_lock": 1, "proved_now": 0}
    other = ("--bank", bank, "--data-root", full, "--out", tmp_path / "full")
    none = lrquiz("generate", "--locked", *other)
    assert (none.code, none.stderr.count("stale: ")) == (2, 1)
    done = lrquiz("generate", *other, "--json")
    assert done.code == 0, done.stderr
    assert done.json()["variants"] == {"from_lock": 0, "proved_now": 1}
    assert curves(tmp_path / "full") != curves(tmp_path / "shipped")
    again = lrquiz("verify", "--bank", bank, "--data-root", full, "--json").json()
    assert (again["proofs"], again["trials"]) == ({"kept": 1}, {"trained": 0, "kept": 0})


def remove(path: Path) -> None:
    path.unlink()


def pack(path: Path) -> None:
    for each in list(path.parent.iterdir()):
        each.with_name(f"{each.name}.gz").write_bytes(gzip.compress(each.read_bytes(), 1))
        each.unlink()


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def cut_in_the_head(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:3])


def lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def make_unreadable(path: Path) -> None:
    path.unlink()
    path.symlink_to("/proc/self/mem")  # a file that even root cannot read from its beginning


def hold_labels(path: Path) -> None:
    shutil.copy(path.with_name(LABELS.name), path)


def take_other_labels(path: Path) -> None:
    shutil.copy(path.with_name("t10k-labels-idx1-ubyte"), path.with_name(LABELS.name))


def keep_an_old_release(path: Path) -> None:
    (path.parent.parent / "processed").mkdir()


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (remove, f"there is no {IMAGES} in it"),
        (pack, f"{IMAGES} is there as .gz only"),
        (cut, "it is 627215 bytes long, but by its head it holds 800 images in 627216 bytes"),
        (lengthen, "it is 627217 bytes long, but by its head it holds 800 images in 627216 bytes"),
        (cut_in_the_head, f"{IMAGES}: this is no IDX file of 28 x 28 images"),
        (hold_labels, f"{IMAGES}: this is no IDX file of 28 x 28 images"),
        (take_other_labels, f"{LABELS}: it holds 200 labels, but {IMAGES.name} holds 800 images"),
        (make_unreadable, f"{IMAGES}: cannot be read"),
        (keep_an_old_release, "torchvision reads MNIST/processed"),
    ],
)
def test_digits_that_cannot_be_used_are_refused_in_one_sentence(
    damage: Callable[[Path], None], says: str, lrquiz: Command, tmp_path: Path
) -> None:
    """What is wrong with which file, exit code 2, and nothing is written."""
    root = tmp_path / "root"
    shutil.copytree(SHIPPED / "MNIST", root / "MNIST")
    damage(root / IMAGES)
    done = lrquiz("generate", "--data-root", root, "--out", tmp_path / "out")
    assert (done.code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert str(root) in done.stderr
    assert says in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("inside", ["MNIST", "MNIST/raw"])
def test_a_folder_inside_the_root_is_told_which_one_is_meant(inside: str, lrquiz: Command) -> None:
    """The folder with the files, or the one above it, is a slip that the message mends."""
    done = lrquiz("verify", "--data-root", SHIPPED / inside)
    assert done.code == 2
    assert f"takes as its root, which is {SHIPPED} [" in done.stderr


def test_a_file_is_no_root(lrquiz: Command) -> None:
    """A file in place of the folder is told as a folder that is not there."""
    done = lrquiz("verify", "--data-root", SHIPPED / IMAGES)
    assert (done.code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert f"{SHIPPED / IMAGES}: no such folder" in done.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_trains_refuses_what_is_no_root(
    command: str, lrquiz: Command, environment: dict[str, str], tmp_path: Path
) -> None:
    """By option and by variable alike, before anything else is looked at."""
    more: dict[str, list[object]] = {
        "generate": ["--out", tmp_path / "out"],
        "bank explore": ["digits_classifier"],
    }
    line = [*command.split(), *more.get(command, [])]
    done = lrquiz(*line, "--data-root", tmp_path / "none")
    assert (done.code, done.stdout) == (2, "")
    assert f"{tmp_path / 'none'}: no such folder; --data-root or LRQUIZ_DATA_ROOT" in done.stderr
    named = subprocess.run(
        [sys.executable, "-m", "lrquiz", *map(str, line)],
        env={**environment, "LRQUIZ_DATA_ROOT": str(tmp_path / "none")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (named.returncode, named.stderr) == (2, done.stderr)
    assert not (tmp_path / "out").exists()
