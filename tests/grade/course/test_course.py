"""The course folder: made whole, never over anything, found from anywhere below it."""

from __future__ import annotations

import stat
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from lrquiz.errors import CourseError
from lrquiz.grade.course.folder import (
    COURSE_FILE,
    course_roster,
    find_course,
    make_course,
    read_course,
)
from lrquiz.model.course import Counting, LateRule
from lrquiz.resources.secret import load_secret


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_course(tmp_path / "course")
    return tmp_path / "course"


def test_a_new_course_is_whole(folder: Path) -> None:
    """It has its files and folders, a private secret, a roster of nobody, and plain defaults."""
    assert {each.name for each in folder.iterdir()} == {
        *(COURSE_FILE, "roster.csv", "secret", "banks", "quizzes", "submissions")
    }
    course = read_course(folder)
    assert stat.S_IMODE(course.secret.stat().st_mode) == 0o600
    assert stat.S_IMODE(course.roster.stat().st_mode) == 0o600
    assert len(load_secret(course.secret)) == 32
    assert course_roster(course)[0].students == ()
    assert (course.tier, course.counting, course.late) == ("full", Counting.LAST, None)
    assert course.banks == (folder / "banks",)


def test_two_courses_have_two_secrets(tmp_path: Path) -> None:
    """A secret is drawn, not derived."""
    one, other = (load_secret(make_course(tmp_path / name).secret) for name in "ab")
    assert one != other


@pytest.mark.parametrize("name", ["course.toml", "roster.csv", "secret", "submissions"])
def test_what_is_there_is_never_touched(tmp_path: Path, name: str) -> None:
    """One file in the way: a sentence names it, and nothing is written or changed."""
    (tmp_path / name).write_text("mine")
    with pytest.raises(CourseError, match=f"holds {name} already"):
        make_course(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "mine"


def test_a_course_is_found_upward(folder: Path) -> None:
    """From the folder, from any below it, and the nearest of two; not from outside."""
    deep = folder / "submissions" / "week 1"
    deep.mkdir()
    for start in (folder, deep, folder / "not there"):
        found = find_course(start)
        assert found is not None
        assert found.folder == folder
    make_course(deep)
    nearest = find_course(deep / "banks")
    assert nearest is not None
    assert nearest.folder == deep
    assert find_course(folder.parent) is None


def test_what_the_template_explains_can_be_written(folder: Path) -> None:
    """Every setting that course.toml shows as a comment is one that is read."""
    path = folder / COURSE_FILE
    lines = []
    for line in path.read_text().splitlines():
        setting = line.removeprefix("# ")
        is_setting = setting.startswith("[") or " = " in setting.split("#")[0]
        lines.append(setting if is_setting else line)
    text = "\n".join(lines).replace('"UTC" ', '"Europe/Berlin" ')
    path.write_text(text.replace('"last"', '"best"', 1))
    course, zone = read_course(folder), ZoneInfo("Europe/Berlin")
    assert course.deadline == datetime(2026, 12, 1, 23, 59, tzinfo=zone)
    assert course.deadlines["train-with-schedule"] == datetime(2026, 11, 15, 23, 59, tzinfo=zone)
    assert course.late == LateRule(timedelta(minutes=15), 0, 0.1, 7)
    assert course.counting is Counting.BEST


def test_every_fault_of_a_course_is_told(folder: Path) -> None:
    """All at once, each with its line; an unknown setting names the known ones."""
    (folder / COURSE_FILE).write_text(
        'titel = "x"\ntitle = ""\ntier = "none"\ntime_zone = "Mars"\nattempts = "first"\n'
        'deadline = "soon"\n[late]\nper_day = 2.0\nfree_days = -1\n'
    )
    with pytest.raises(CourseError) as told:
        read_course(folder)
    faults = str(told.value).splitlines()
    lines = [int(fault.split(f"{COURSE_FILE}:")[1].split(":")[0]) for fault in faults]
    assert lines == [1, 2, 3, 4, 5, 6, 8, 9]
    assert "unknown key 'titel'; known here: title, language" in faults[0]
    assert "there is no time zone 'Mars'" in faults[3]


def test_a_course_that_is_no_toml_is_told(folder: Path) -> None:
    """A file that cannot be parsed, or is missing, is a sentence as well."""
    (folder / COURSE_FILE).write_text("title")
    with pytest.raises(CourseError, match="not valid TOML"):
        find_course(folder)
    (folder / COURSE_FILE).unlink()
    with pytest.raises(CourseError, match="cannot be read"):
        read_course(folder)
