"""The README: every example runs, every command is there, every link leads somewhere."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lrquiz.cli.app import lrquiz_group
from tests.conftest import Command


@pytest.fixture(scope="session")
def readme(repository: Path) -> str:
    return (repository / "README.md").read_text()


def test_every_example_runs(
    readme: str, repository: Path, environment: dict[str, str], lrquiz: Command, tmp_path: Path
) -> None:
    """The console examples, one after the other in one folder, all end with 0."""
    if lrquiz("doctor").code:
        pytest.skip("no box here, so the examples of grading cannot run")
    starter = repository / "question_bank" / "tasks" / "train-with-schedule" / "starter.py"
    shutil.copy(starter, tmp_path / "starter.py")
    halving = repository / "question_bank" / "items" / "schedulers" / "scheduler-halving.toml"
    (tmp_path / "mybank" / "items").mkdir(parents=True)
    shutil.copy(halving, tmp_path / "mybank" / "items")
    (tmp_path / "lrquiz").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m lrquiz "$@"\n')
    (tmp_path / "lrquiz").chmod(0o755)
    path = f"{tmp_path}:{environment['PATH']}"
    for block in re.findall(r"```console\n(.*?)```", readme, re.DOTALL):
        for line in block.splitlines():
            done = subprocess.run(
                ["/bin/sh", "-c", line.removeprefix("$ ")],
                cwd=tmp_path,
                env={**environment, "PATH": path},
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert (tmp_path / "graded" / "students" / "ada" / "feedback.html").is_file()


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
