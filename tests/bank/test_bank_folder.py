"""A bank folder: its items by id, its blueprints, objectives and advice."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from lrquiz.bank.advice import advice
from lrquiz.bank.bank import load_bank, load_blueprint, load_objectives
from lrquiz.errors import BankError, BlueprintError, ItemError
from lrquiz.resources.locate import shipped_bank


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the shipped bank that a test may damage."""
    return Path(shutil.copytree(shipped_bank(), tmp_path / "bank"))


def test_the_shipped_bank_is_whole() -> None:
    """Every shipped file loads, in order of ids, and every objective is explained."""
    bank = load_bank(shipped_bank())
    ids = [item.id for item in bank.items]
    assert not bank.broken
    assert ids == sorted(ids)
    assert bank.select([]) == bank.items
    objectives = load_objectives(shipped_bank())
    assert {item.objective for item in bank.items} <= set(objectives)


def test_the_shipped_items_follow_the_rules_of_item_writing() -> None:
    """No shipped item draws advice."""
    objectives = load_objectives(shipped_bank())
    told = {item.id: list(advice(item, objectives)) for item in load_bank(shipped_bank()).items}
    assert not any(told.values()), told


def test_one_broken_file_hides_no_other(folder: Path) -> None:
    """Items beside a broken file load; asking for all, or for the broken one, tells its faults."""
    broken = folder / "items" / "learning-rate" / "lr-too-high-effect.toml"
    broken.write_text("id = 3\n")
    bank = load_bank(folder)
    assert list(bank.broken) == [broken]
    assert [item.id for item in bank.select(["missing-backward"])] == ["missing-backward"]
    for names in ([], ["lr-too-high-effect"]):
        with pytest.raises(ItemError, match="lr-too-high-effect"):
            bank.select(names)


def test_an_unknown_id_is_answered_with_the_nearest(folder: Path) -> None:
    """A slip of the pen is met with the id that was meant."""
    bank = load_bank(folder)
    with pytest.raises(BankError, match="did you mean missing-backward"):
        bank.select(["missing-backwards"])
    with pytest.raises(BankError, match="lrquiz bank list"):
        bank.select(["zzz"])


def test_items_come_in_the_order_in_which_they_are_asked_for(folder: Path) -> None:
    """A selection keeps the order of its names."""
    names = ["scheduler-halving", "lr-too-high-effect"]
    assert [item.id for item in load_bank(folder).select(names)] == names


def test_two_files_of_one_id_are_refused(folder: Path) -> None:
    """An id names one item of a bank."""
    source = folder / "items" / "schedulers" / "scheduler-halving.toml"
    shutil.copy(source, folder / "items" / "learning-rate")
    with pytest.raises(BankError, match="already taken by"):
        load_bank(folder)


def test_no_bank_and_an_empty_bank_are_refused(tmp_path: Path) -> None:
    """A folder that is missing or holds no item is no bank."""
    with pytest.raises(BankError, match="no such bank"):
        load_bank(tmp_path / "absent")
    with pytest.raises(BankError, match="empty"):
        load_bank(tmp_path)


def test_a_folder_of_item_files_is_a_bank(folder: Path) -> None:
    """A bank may be a plain folder of item files."""
    ids = [item.id for item in load_bank(folder / "items" / "schedulers").items]
    assert "scheduler-halving" in ids
    assert ids == sorted(path.stem for path in (folder / "items" / "schedulers").glob("*.toml"))


def test_the_shipped_blueprint_names_items_of_the_shipped_bank() -> None:
    """Every item that a shipped blueprint names exists."""
    ids = {item.id for item in load_bank(shipped_bank()).items}
    for path in (shipped_bank() / "blueprints").glob("*.toml"):
        assert {name for pick in load_blueprint(path).picks for name in pick.items} <= ids


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('title = "x"', "pick is missing"),
        ('title = "x"\n[[pick]]\ncount = 0', ":3: [[pick]] 1 > count"),
        ('title = "x"\n[[pick]]\nitem = "a"', "unknown key 'item'; known here: count, items"),
        ('[[pick]]\ncount = "1"', "title is missing"),
        ("title", "not valid TOML"),
    ],
)
def test_a_bad_blueprint_is_refused_with_its_line(tmp_path: Path, text: str, says: str) -> None:
    """Faults of a blueprint are told as those of an item are."""
    path = tmp_path / "bad.toml"
    path.write_text(text)
    with pytest.raises(BlueprintError) as caught:
        load_blueprint(path)
    assert says in str(caught.value)


def test_objectives_may_be_missing_and_must_be_toml(tmp_path: Path) -> None:
    """A bank without objectives lists none; a broken list is an error of the bank."""
    assert load_objectives(tmp_path) == {}
    (tmp_path / "objectives.toml").write_text("a = ")
    with pytest.raises(BankError, match="not valid TOML"):
        load_objectives(tmp_path)


def test_advice_names_the_rule_that_an_item_breaks() -> None:
    """Each broken rule of item writing that a program can see is told by its number."""
    item = next(item for item in load_bank(shipped_bank()).items if item.options)
    first, second, *rest = item.options
    options = (
        replace(first, text="All of the above"),
        replace(second, text="It never falls, " * 30, feedback=""),
        *rest,
    )
    bad = replace(item, stem="Which is **not** true?", options=options, objective="none")
    told = "\n".join(advice(bad, {"other": "..."}))
    for rule in ("rule 17", "rules 25, 26", "rule 28", "no feedback", "rule 24", "objectives.toml"):
        assert rule in told
