"""Banks over one another: what lies in front hides what lies behind, by id alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from lrquiz.bank.bank import has_items, load_blueprint
from lrquiz.bank.overlay import load_banks
from lrquiz.errors import BlueprintError
from tests.quiz.exam_banks import blueprint, choice_bank


def test_an_item_in_front_hides_the_one_behind(tmp_path: Path) -> None:
    """Every id is there once, from the first bank that has it."""
    front = choice_bank(tmp_path / "front", ("zqb", "zqc"))
    behind = choice_bank(tmp_path / "behind", ("zqa", "zqb"))
    overlay = load_banks([front, behind])
    assert [item.id for item in overlay.items] == ["zqa", "zqb", "zqc"]
    places = {item.id: Path(item.path).parent.parent for item in overlay.items}
    assert places == {"zqa": behind, "zqb": front, "zqc": front}


def test_a_bank_without_items_is_known_without_reading_it(tmp_path: Path) -> None:
    """A missing folder, an empty one and one of blueprints hold no items; a broken file is one."""
    assert not has_items(tmp_path / "none")
    (tmp_path / "bank" / "blueprints").mkdir(parents=True)
    blueprint(tmp_path / "bank" / "blueprints", "count = 1")
    assert not has_items(tmp_path / "bank")
    (tmp_path / "bank" / "broken.toml").write_text("= 1")
    assert has_items(tmp_path / "bank")


def test_a_blueprint_gives_minutes_and_points(tmp_path: Path) -> None:
    """Both are read, and neither is zero."""
    read = load_blueprint(blueprint(tmp_path, "points = 2", head='title = "t"\nminutes = 45'))
    assert (read.minutes, read.picks[0].points) == (45, 2)
    for wrong in ('title = "t"\nminutes = 0', 'title = "t"\nminutes = inf'):
        with pytest.raises(BlueprintError, match="minutes"):
            load_blueprint(blueprint(tmp_path, "count = 1", head=wrong))
    with pytest.raises(BlueprintError, match="points"):
        load_blueprint(blueprint(tmp_path, "points = 0"))
