"""What a student's own commands need of the system, seen from one that lacks most of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

# Stands for a system without these modules and calls: Windows, for the most part.
_WITHOUT = """
import os, sys
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
for name in ("fork", "memfd_create", "pidfd_open", "setsid", "geteuid", "O_NOFOLLOW", "O_NONBLOCK"):
    vars(os).pop(name, None)
import types
from lrquiz.cli.app import main
from lrquiz.sandbox import tier
tier.sys = types.SimpleNamespace(platform="win32")  # for all of Python it would break torch itself
main()
"""


def _run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _WITHOUT, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_response_is_checked_without_a_box(environment: dict[str, str]) -> None:
    """Where no box can be, a response of one's own runs as an ordinary program, with a notice."""
    done = _run(environment, "check", "fill-in-the-rate", "1e-2", "--json")
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert (told["right"], told["tier"]) == (True, "none")
    assert "no box here" in done.stderr


def test_the_doctor_names_a_way_out(environment: dict[str, str]) -> None:
    """There the doctor says that others' code cannot be contained, and where it could be."""
    done = _run(environment, "doctor")
    assert done.returncode == 1
    assert "Run the grading on Linux" in done.stdout


def test_others_code_is_refused(environment: dict[str, str], tmp_path: Path) -> None:
    """There nobody else's code runs: grade refuses with one sentence and leaves no scores."""
    (tmp_path / "submissions").mkdir()
    (tmp_path / "submissions" / "ada.py").write_text("def train(*a, **k): pass\n")
    out = tmp_path / "out"
    done = _run(
        environment,
        "grade",
        "train-with-schedule",
        str(tmp_path / "submissions"),
        "--out",
        str(out),
    )
    assert done.returncode == 2, done.stderr
    assert "cannot be contained here" in done.stderr
    assert not (out / "scores.csv").exists()
