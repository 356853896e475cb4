"""Recipes in files of a bank's own: what they declare is read, and nothing of them is executed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lrquiz.bank.bank import load_bank
from lrquiz.bank.finding import find_recipe, recipe_info
from lrquiz.bank.items import load_item
from lrquiz.bank.local_recipe import PARTS
from lrquiz.bank.settings import TRAINED, TRAINING
from lrquiz.errors import ItemError, LocalCodeError
from lrquiz.experiments.recipes import plain_loop
from tests.bank.local_files import (
    RECIPE,
    change,
    changed,
    copied_bank,
    documented_fill_in,
    item_in,
    recipe_in,
)

PARTS_RECIPE = """
from dataclasses import dataclass
from lrquiz.experiments.recipes.classification_data import make_split
from lrquiz.experiments.recipes.mlp_classifier import are_correct, make_model, row_losses
from lrquiz.experiments.recipes.training import Training

@dataclass(frozen=True)
class Arm(Training):
    lr: float = 0.5
    hidden: int = 4
"""


def written(folder: Path, text: str) -> str:
    (folder / "mine.py").write_text(text)
    return "./mine.py"


def test_what_a_recipe_declares_is_read(tmp_path: Path) -> None:
    """Settings with types, defaults, meanings and choices; records, facts and determinism."""
    text = changed(RECIPE, "def run", "FACTS = (3, 0.5)\nDETERMINISTIC = True\n\n\ndef run")
    more = '''"""learning rate"""
    kind: Literal["flat", "steep"] = "flat"
    width: int = 3
    decay: float | None = None
    calls: tuple[str, ...] = ("a", "b")
'''
    text = changed(text, '"""learning rate"""\n', more)
    info = recipe_info(find_recipe(written(tmp_path, text), tmp_path))
    assert (info.name, info.summary) == ("mine.py", "A sum.")
    assert info.records == {"epoch.loss"}
    assert (info.facts, info.deterministic) == ((3, 0.5), True)
    assert not info.batched
    assert {name: field.default for name, field in info.fields.items()} == {
        "lr": 0.1,
        "kind": "flat",
        "width": 3,
        "decay": None,
        "calls": ("a", "b"),
    }
    assert info.fields["lr"].meaning == "learning rate"
    assert list(info.faults({"kind": "round"})) == ["kind: 'round' is not one of flat, steep"]
    assert list(info.faults({"width": "wide"})) == ["width = 'wide' is not a whole number (width)"]


def test_learning_rates_are_known_by_their_names(tmp_path: Path) -> None:
    """A number called `lr`, `lr_...` or `learning_rate` is one, set or not; no other number is."""
    more = """
    lr_head: float = 0.5
    learning_rate: float | None = None
    lr_kind: str = "flat"
    slr: float = 1.0
"""
    text = changed(RECIPE, "lr: float = 0.1\n", f"lr: float = 0.1{more}")
    fields = recipe_info(find_recipe(written(tmp_path, text), tmp_path)).fields
    rates = {name for name, field in fields.items() if field.is_rate}
    assert rates == {"lr", "lr_head", "learning_rate"}
    parts = recipe_info(find_recipe(written(tmp_path, PARTS_RECIPE), tmp_path))
    assert {name for name, field in parts.fields.items() if field.is_rate} == {"lr"}


def test_parts_are_trained_by_the_loop(tmp_path: Path) -> None:
    """A recipe of parts has the settings of `Training`, with its own defaults, and its records."""
    info = recipe_info(find_recipe(written(tmp_path, PARTS_RECIPE), tmp_path))
    assert list(info.fields) == [*TRAINING, "hidden"]
    assert info.fields["lr"].default == 0.5
    assert info.fields["lr"].per_trial
    assert (info.records, info.batched) == (TRAINED, True)
    alone = recipe_info(find_recipe(written(tmp_path, PARTS_RECIPE + "BATCHED = False"), tmp_path))
    assert not alone.batched


def test_parts_are_those_of_the_loop() -> None:
    """What the torch-free catalogue calls parts is what the loop calls so."""
    assert PARTS == plain_loop.PARTS


def test_documented_recipe_is_one(tmp_path: Path) -> None:
    """The complete recipe that the documentation shows can be read as one."""
    from lrquiz.experiments import recipes  # noqa: PLC0415

    shown = (recipes.__doc__ or "").partition("A complete one::\n")[2].partition("Take all")[0]
    text = "\n".join(line.removeprefix("    ") for line in shown.splitlines())
    assert list(recipe_info(find_recipe(written(tmp_path, text), tmp_path)).fields) == ["lr"]


def test_documented_code_with_a_blank_is_a_recipe(tmp_path: Path) -> None:
    """The recipe for fill-in items that the documentation shows has its code, without a frame."""
    text = documented_fill_in()
    info = recipe_info(find_recipe(written(tmp_path, text), tmp_path))
    assert info.code.startswith("import torch\n")
    assert info.code.endswith("optimizer.step()\n")
    assert list(info.fields) == ["response"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("RECORDS", 'CODE = "lr=0.1"\nRECORDS', ":7: CODE is not a text with one blank, ___"),
        ("RECORDS", 'CODE = "___ + ___"\nRECORDS', ":7: CODE is not a text with one blank, ___"),
        ("RECORDS", "CODE = 3\nRECORDS", ":7: CODE is not a text with one blank, ___"),
        ("RECORDS", 'CODE = "_" * 3\nRECORDS', ":7: CODE is no literal"),
        ("class Arm", "class Settings", "there is no class Arm"),
        ("@dataclass(frozen=True)\n", "", ":10: Arm is no dataclass"),
        ("def run", "def go", "neither run(arm, seed, epochs) nor make_split"),
        ("def run", "def make_split(seed): ...\n\n\ndef run", "there are both run and make_split"),
        ("def run", "def make_split", "there is make_split, but no make_model"),
        ("lr: float = 0.1", "lr: float", ":12: lr has no default"),
        ("lr: float = 0.1", "lr: float = field(default=1)", ":12: the default of lr is no literal"),
        ("lr: float = 0.1", 'lr: float = "fast"', "lr = 'fast' is not of its type float"),
        ("lr: float = 0.1", "lr: float = True", "lr = True is not of its type float"),
        ("lr: float = 0.1", "lr: bool = True", "lr is of type bool; write"),
        ("lr: float = 0.1", "lr: float = 1e999", "lr = inf must be finite"),
        ("lr: float = 0.1", 'k: Literal["a"] = "b"', "k = 'b' is not one of a"),
        ("lr: float = 0.1", "k: tuple[str, ...] = (1,)", "k = (1,) is not a tuple of texts"),
        ("    lr: float = 0.1\n", "", "Arm has no setting"),
        ("class Arm", "class Arm(Base)", "Arm may derive from Training or Schedule"),
        ("class Arm", "class Arm(Training)", "Training is not imported; write from lrquiz."),
        ('{"epoch.loss"}', 'set(["epoch.loss"])', ":7: RECORDS is no literal"),
        ('{"epoch.loss"}', '"epoch.loss"', "RECORDS is not as in RECORDS ="),
        ('{"epoch.loss"}', '{"epoch.loss", "loss"}', "'loss' is no epoch.NAME"),
        ('{"epoch.loss"}', '{"epoch.accuracy"}', "RECORDS must hold what is drawn"),
        ('RECORDS = {"epoch.loss"}\n', "", "RECORDS must hold what is drawn"),
        ("RECORDS", "RECORDS = {}\nRECORDS", "RECORDS is assigned twice"),
        ("RECORDS", "DETERMINISTIC = 1\nRECORDS", "DETERMINISTIC is not True or False"),
        ("RECORDS", 'FACTS = ("a",)\nRECORDS', "FACTS is not as in FACTS ="),
        ("RECORDS", 'READS = ("rows.csv",)\nRECORDS', "READS 'rows.csv':"),
        ("RECORDS", "from .other import x\nRECORDS", ":7: imports relatively; such a file stands"),
        ("RECORDS", "import beside.deep\nRECORDS", ":7: imports beside, which lies beside it"),
        ("RECORDS", "RECORDS = = 1", ":7: not valid Python:"),
        (
            "RECORDS",
            'READS = ("/dev/zero",)\nRECORDS',
            "/dev/zero: cannot be read: it is no regular",
        ),
        ("lr: float", f"lr: {'int | ' * 20_000}int", ": "),
        ("RECORDS", "\0", "not valid Python:"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    """Each fault of a recipe's file is one sentence, with the file and its line."""
    (tmp_path / "beside.py").touch()
    text = changed(RECIPE, old, new)
    with pytest.raises(LocalCodeError) as caught:
        find_recipe(written(tmp_path, text), tmp_path)
    assert str(caught.value).startswith(str(tmp_path / "mine.py"))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("./absent.py", "absent.py: cannot be read: no such file"),
        ("mine.py", "'mine.py' is not written as a path; write \"./mine.py\""),
        ("./mine.txt", "its name must end in .py"),
        ("./", "its name must end in .py"),
        ("./folder.py", "cannot be read: is a directory"),
        ("./mi\\u0000ne.py", "is no path"),
        ("./latin.py", "not valid Python"),
        ("mine", "there is no recipe 'mine'; there are: mlp_classifier"),
    ],
)
def test_an_item_names_its_recipe_as_a_path(tmp_path: Path, name: str, said: str) -> None:
    """A recipe that is not there, or not named as a path, is a fault of the item at its line."""
    bank = copied_bank(tmp_path / "bank")
    (item_in(bank).parent / "folder.py").mkdir()
    (item_in(bank).parent / "latin.py").write_bytes(b"name = '\xe9'\n")
    change(item_in(bank), "./quadratic.py", name)
    with pytest.raises(ItemError) as caught:
        load_item(item_in(bank), allow_local=True)
    line = str(caught.value)
    assert line.startswith(f"{item_in(bank)}:12: experiment > recipe: ")
    assert said in line
    assert "\n" not in line


def test_settings_are_linted_as_those_of_the_catalogue(tmp_path: Path) -> None:
    """A setting that the recipe lacks, and a claim that needs more than it records, are faults."""
    bank = copied_bank(tmp_path / "bank")
    change(item_in(bank), "arms.long = { lr = 1.5 }", "arms.long = { rate = 1.5 }")
    change(item_in(bank), '"loss_is_unsteady"', '"weights_never_change"')
    with pytest.raises(ItemError) as caught:
        load_item(item_in(bank), allow_local=True)
    assert "quadratic.py has no setting 'rate'; it has lr, curvature" in str(caught.value)
    assert "needs epoch.weight_change, which the recipe does not record" in str(caught.value)


def test_loading_executes_no_recipe(tmp_path: Path) -> None:
    """A recipe that leaves a marker when it is imported leaves none, and torch stays out."""
    bank = copied_bank(tmp_path / "bank")
    marker = tmp_path / "marker"
    change(recipe_in(bank), "RECORDS", f"open({str(marker)!r}, 'w').close()\nRECORDS")
    code = f"""
import sys
from pathlib import Path
from lrquiz.bank.bank import load_bank
load_bank(Path({str(bank)!r}), allow_local=True).select([])
sys.exit("torch" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert not marker.exists()


def test_an_edited_file_is_another_recipe(tmp_path: Path) -> None:
    """What is pinned follows the content of the file and of what it reads, not its place."""
    text = changed(RECIPE, "RECORDS", 'READS = ("rows.csv",)\nRECORDS')
    folders = [tmp_path / name for name in ("one", "two", "three")]
    pins = []
    for folder, rows in zip(folders, ("1,2", "1,2", "1,3"), strict=True):
        folder.mkdir()
        (folder / "rows.csv").write_text(rows)
        pins.append(find_recipe(written(folder, text), folder))
    one, two, three = pins
    assert not isinstance(one, str)
    assert not isinstance(two, str)
    assert not isinstance(three, str)
    assert one.identity == two.identity != three.identity


def test_a_change_while_in_use_is_noticed(tmp_path: Path) -> None:
    """What was pinned and is edited before it is looked up again is refused, not taken along."""
    recipe = find_recipe(written(tmp_path, RECIPE), tmp_path)
    written(tmp_path, RECIPE + "# edited\n")
    with pytest.raises(LocalCodeError, match="it was changed while it was in use; run again"):
        recipe_info(recipe)


def test_a_bank_of_local_recipes_is_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Paths are relative to the item file, wherever the command runs."""
    bank = copied_bank(tmp_path / "bank")
    monkeypatch.chdir(tmp_path)
    (item,) = load_bank(Path("bank"), allow_local=True).select([])
    assert str(item.experiment.recipe) == "quadratic.py"
    assert str(item.options[0].claim.predicate) == "sides.py:changes_sides"
    assert item.experiment == load_bank(bank, allow_local=True).items[0].experiment
