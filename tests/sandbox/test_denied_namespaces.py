"""On a host that denies namespaces there is the tier `reduced`; without Landlock there is none."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

# pytest puts this folder on the path; mypy does not know that.
from boxes import ENTRIES  # type: ignore[import-not-found]

from lrquiz.sandbox import NOT_CONTAINED

pytestmark = pytest.mark.usefixtures("full_tier", "reduced_tier")


def lrquiz(
    *arguments: object, environment: dict[str, str], landlock: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run the command on such a host."""
    host = [] if landlock else ["--landlock"]
    command = [sys.executable, f"{ENTRIES}/deny.py", *host, sys.executable, "-m", "lrquiz"]
    return subprocess.run(
        [*command, *map(str, arguments)], capture_output=True, text=True, check=False,
        env=environment,
    )  # fmt: skip


@pytest.fixture(scope="module")
def submissions(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class of one."""
    folder = tmp_path_factory.mktemp("class")
    source = repository / "question_bank" / "demo" / "class" / "ada.py"
    (folder / "ada.py").write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def test_doctor_lists_what_is_not_contained(environment: dict[str, str]) -> None:
    """Without namespaces `doctor` says `reduced`, why, what that does not hold, and what helps."""
    done = lrquiz("doctor", "--json", environment=environment)
    told = json.loads(done.stdout)
    assert done.returncode == 1, done.stderr
    assert (told["tier"], told["not_contained"]) == ("reduced", list(NOT_CONTAINED))
    assert told["facts"]["containment"] == "reduced"
    assert told["reason"]
    assert told["remedy"]


def test_grading_refuses_what_was_not_asked_for(
    environment: dict[str, str], submissions: Path, tmp_path: Path
) -> None:
    """Without namespaces `grade` refuses in a sentence, and grades when told `--tier reduced`."""
    arguments = ("grade", "train-with-schedule", submissions, "--out", tmp_path / "out")
    refused = lrquiz(*arguments, environment=environment)
    assert refused.returncode == 2
    assert (
        "student code cannot be contained here (the tier 'reduced' is to be had)" in refused.stderr
    )
    assert "Traceback" not in refused.stderr
    done = lrquiz(*arguments, "--tier", "reduced", "--json", environment=environment)
    assert done.returncode == 0, done.stderr
    (record,) = json.loads(done.stdout)["records"]
    assert (record["tier"], record["score"]) == ("reduced", 10)


def test_without_landlock_nothing_is_graded(
    environment: dict[str, str], submissions: Path, tmp_path: Path
) -> None:
    """With Landlock denied too the tier is `none`, and nothing makes `grade` run student code."""
    told = json.loads(lrquiz("doctor", "--json", environment=environment, landlock=False).stdout)
    assert (told["tier"], told["not_contained"]) == ("none", [])
    refused = lrquiz(
        "grade", "train-with-schedule", submissions, "--out", tmp_path / "out", "--tier", "reduced",
        environment=environment, landlock=False,
    )  # fmt: skip
    assert refused.returncode == 2
    assert "student code cannot be contained here:" in refused.stderr
    assert not (tmp_path / "out" / "scores.csv").exists()
