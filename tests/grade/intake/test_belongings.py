"""Finding what lies on disk in the name of one student."""

from __future__ import annotations

from pathlib import Path

from lrquiz.grade.intake.belongings import belongings
from lrquiz.model.course import NOBODY, Roster, Student

ROSTER = Roster(
    (Student("ada", "Ada Lovelace", "ada@x.edu"), Student("alan", "Alan Turing"), Student("1", ""))
)
HERS = (
    "ada.py",
    "ADA",
    "Ada Lovelace_77_assignsubmission_file",
    "lovelaceada_LATE_9_10_train-1.py",
    "week1/ada.json",
    "week1/again/Ada Lovelace.zip",
)
OTHERS = ("alan.py", "adam.py", "week1/alan.py", "turingalan_1_2_ada.py", "alan/ada.py")


def lay_out(folder: Path) -> None:
    for name in (*HERS, *OTHERS):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x = 1")


def test_everything_in_somebodys_name_is_found(tmp_path: Path) -> None:
    """Own names, those of systems, archives, folders of folders; and nothing of anybody else."""
    lay_out(tmp_path)
    found = {str(each.relative_to(tmp_path)) for each in belongings(tmp_path, "ada", ROSTER)}
    assert found == set(HERS)


def test_without_a_roster_the_name_is_the_identity(tmp_path: Path) -> None:
    """Then nothing but the id itself can be found."""
    lay_out(tmp_path)
    found = {str(each.relative_to(tmp_path)) for each in belongings(tmp_path, "ada", NOBODY)}
    assert found >= {"ada.py", "ADA", "week1/ada.json"}
    assert not found & {"alan.py", "adam.py", "turingalan_1_2_ada.py"}
