"""The course folder: made once, found upward from where a command runs, as git finds its own."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from lrquiz.bank.tomlfile import Fault, parse, read, refuse
from lrquiz.errors import CourseError
from lrquiz.grade.course.roster import read_roster
from lrquiz.grade.course.schema import CourseFile, zone_of
from lrquiz.model.course import NOBODY, Course, LateRule, Roster
from lrquiz.resources.files import PRIVATE, explained, make_folder, write_text

COURSE_FILE = "course.toml"
FOLDERS = ("banks", "quizzes", "submissions")
ROSTER_HEADER = "id,name,email,section,group,extra_time,due,late_days,language\n"
_TEMPLATE = """\
# A course. Commands that run in this folder, or below it, use what stands here;
# an option on the command line wins over it.

title = "My course"
language = "en"
time_zone = "UTC"        # of every date here and in roster.csv that names none: "Europe/Berlin"

# Item banks, from this folder: those in front lie over those behind them, and all of them over
# the shipped one. Questions for an exam belong in a bank that students cannot read.
banks = ["banks"]

tier = "full"            # the least containment for students' code: "full", or "reduced"
attempts = "last"        # which attempt counts: "last" or "best"

# deadline = 2026-12-01T23:59:00     # for everything that has none of its own

# [deadlines]                        # of single tasks and quizzes, by id
# train-with-schedule = 2026-11-15T23:59:00

# [late]                 # without this table a late hand-in costs nothing
# grace_minutes = 15     # for slow uploads
# free_days = 0          # days after the deadline that cost nothing
# per_day = 0.1          # share of the score that each further day costs
# last_day = 7           # days after the deadline, beyond which a hand-in scores nothing

# roster.csv, beside this file, says who is in the course. Its columns: id (required), name, email,
# section, group (who share one score), extra_time (a factor, such as 1.25), due (a deadline of
# one's own: 2026-12-03 23:59), late_days (free days of one's own), language. The gradebook that
# Canvas exports, or Moodle's list of participants, may take its place as it is.
"""


def make_course(folder: Path) -> Course:
    """Make a course folder and return it; what stands in the way is left as it is.

    Raises:
        CourseError: one of its files or folders is there already.
        OutputError: it cannot be written.
    """
    names = (COURSE_FILE, "roster.csv", "secret", "gradebook.sqlite", *FOLDERS)
    if held := [name for name in names if (folder / name).exists()]:
        message = (
            f"{folder}: holds {', '.join(held)} already, and nothing there was touched; give a "
            "folder that is new or holds none of these"
        )
        raise CourseError(message)
    make_folder(folder)
    for name in FOLDERS:
        make_folder(folder / name)
    _write_new(folder / "secret", secrets.token_hex(32) + "\n")
    _write_new(folder / "roster.csv", ROSTER_HEADER)
    write_text(folder / COURSE_FILE, _TEMPLATE)  # last: only a whole course is found
    return read_course(folder)


def _write_new(path: Path, text: str) -> None:
    """Write a file that only its owner may read; never over one that is there."""
    if path.exists():
        raise CourseError(f"{path}: is there already, and was not touched")
    with explained(path, "give a folder you can write to, with room left"):
        write_text(path, text, PRIVATE)


def find_course(start: Path) -> Course | None:
    """Return the course that `start` lies in, the nearest above it; None if it lies in none.

    Raises:
        CourseError: its course.toml is malformed; the message lists every fault.
    """
    here = start.absolute()
    found = next((each for each in (here, *here.parents) if (each / COURSE_FILE).is_file()), None)
    return None if found is None else read_course(found)


def read_course(folder: Path) -> Course:
    """Return the course in `folder`.

    Raises:
        CourseError: its course.toml is missing or malformed; the message lists every fault.
    """
    data, text = read(folder / COURSE_FILE, CourseError)
    values, faults = parse(CourseFile, data)
    zone = zone_of(str(data.get("time_zone", "UTC")))
    if zone is None:
        message = f"there is no time zone {data['time_zone']!r}; write one such as 'Europe/Berlin'"
        faults.append(Fault(("time_zone",), message))
    refuse(text, faults, CourseError)
    if values is None or zone is None:  # refused above
        raise CourseError(f"{folder / COURSE_FILE}: is malformed")
    return Course(
        folder=folder,
        title=values.title,
        language=values.language,
        tier=values.tier,
        counting=values.attempts,
        zone=zone,
        deadline=None if values.deadline is None else _placed(values.deadline, zone),
        deadlines={name: _placed(each, zone) for name, each in values.deadlines.items()},
        late=_late_rule(values),
        banks=tuple(folder / each for each in values.banks),
    )


def course_roster(course: Course) -> tuple[Roster, tuple[str, ...]]:
    """Return who is in a course, with notices on what was read how; nobody without a roster.

    Raises:
        RosterError: the roster is malformed; the message lists every fault.
    """
    if not course.roster.exists():
        return NOBODY, ()
    return read_roster(course.roster, course.zone)


def _late_rule(values: CourseFile) -> LateRule | None:
    late = values.late
    if late is None:
        return None
    grace = timedelta(minutes=late.grace_minutes)
    return LateRule(grace, late.free_days, late.per_day, late.last_day)


def _placed(moment: datetime, zone: tzinfo) -> datetime:
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=zone)
