"""The README: every example runs, every command is there, every link leads somewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lrquiz.cli.app import lrquiz_group
from tests.cli.exam_responses import hand_in
from tests.conftest import Command


@pytest.fixture(scope="session")
def readme(repository: Path) -> str:
    return (repository / "README.md").read_text()


ROSTER = "id,name,extra_time\nada,Ada Lovelace,1.25\nalan,Alan Turing,\n"
EXAM = """
title = "Midterm"
minutes = 30
[[pick]]
items = ["rate-at-epoch-10"]
[[pick]]
items = ["describe-a-strategy"]
points = 2
"""
RIGHT = {"ada": {"rate-at-epoch-10"}, "alan": set[str]()}


def lay_out(folder: Path, repository: Path) -> None:
    """Write the files of its own that a reader of the README has."""
    starter = repository / "question_bank" / "tasks" / "train-with-schedule" / "starter.py"
    shutil.copy(starter, folder / "starter.py")
    halving = repository / "question_bank" / "items" / "schedulers" / "scheduler-halving.toml"
    (folder / "mybank" / "items").mkdir(parents=True)
    shutil.copy(halving, folder / "mybank" / "items")
    (folder / "roster.csv").write_text(ROSTER)
    (folder / "course").mkdir()
    (folder / "course" / "exam.toml").write_text(EXAM)
    (folder / "lrquiz").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lrquiz "$@"\n')
    (folder / "lrquiz").chmod(0o755)


def test_every_example_runs(
    readme: str, repository: Path, environment: dict[str, str], lrquiz: Command, tmp_path: Path
) -> None:
    """The console examples all end with 0, one after the other; each section begins in one folder.

    Students hand in their responses before these are graded.
    """
    if lrquiz("doctor").code:
        pytest.skip("no box here, so the examples of grading cannot run")
    lay_out(tmp_path, repository)
    path = f"{tmp_path}:{environment['PATH']}"
    for section in readme.split("\n## "):
        folder = tmp_path
        for line in re.findall(r"^\$ (.*)$", section, re.MULTILINE):
            if line.startswith("cd "):
                folder /= line.removeprefix("cd ")
                continue
            if line.startswith("lrquiz grade quizzes/midterm"):
                hand_in(folder / "quizzes" / "midterm", folder / "submissions", RIGHT)
            done = subprocess.run(
                ["/bin/sh", "-c", line],
                cwd=folder,
                env={**environment, "PATH": path},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert (tmp_path / "graded" / "students" / "ada" / "feedback.html").is_file()
    assert (tmp_path / "course" / "marks" / "students" / "ada" / "feedback.html").is_file()


@pytest.mark.parametrize("name", lrquiz_group.commands)
def test_every_command_is_in_the_readme(name: str, readme: str) -> None:
    """No command goes without an example or a mention."""
    assert f"lrquiz {name}" in readme


def test_every_link_leads_somewhere(readme: str, repository: Path) -> None:
    """Relative links of the README name files that exist."""
    links = re.findall(r"\]\(([^)#]+)\)", readme)
    assert links
    for link in links:
        assert (repository / link).exists(), link
