"""The box holds for an ordinary user too, who builds it in another order than root."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

# pytest puts this folder on the path; mypy does not know that.
from boxes import ENTRIES, programs  # type: ignore[import-not-found]

import lrquiz

USER = 54321


def reachable_interpreter() -> tuple[str, dict[str, str]]:
    """Return an interpreter, with its environment, that another user may start; or skip."""
    torch = importlib.util.find_spec("torch")
    assert torch is not None
    assert torch.origin is not None
    packages = Path(torch.origin).parents[1]
    path = os.pathsep.join([str(packages), str(Path(lrquiz.__file__).parents[1])])
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": path, "PYTHONWARNINGS": "error"}
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    check = "import importlib.util as u; import lrquiz.sandbox; assert u.find_spec('torch')"
    for python in (sys.executable, f"/usr/bin/{version}"):
        try:
            subprocess.run(
                [python, "-c", check], user=USER, group=USER, extra_groups=[], env=environment,
                cwd="/", check=True, capture_output=True,
            )  # fmt: skip
        except (OSError, subprocess.CalledProcessError):
            continue
        return python, environment
    pytest.skip(f"no {version} with torch and lrquiz that another user than root may read")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0,
    reason="these tests already run as an ordinary user",
)
@pytest.mark.usefixtures("full_tier", "reduced_tier")
@pytest.mark.parametrize("tier", ["full", "reduced"])
def test_programs_do_the_same_for_an_ordinary_user(tier: str) -> None:
    """For an ordinary user, the box holds all attacks, and lets all lawful programs work."""
    python, environment = reachable_interpreter()
    script = str(Path(ENTRIES) / "ordinary_user.py")
    done = subprocess.run(
        [python, script, tier, "attacks", "lawful"], user=USER, group=USER, extra_groups=[],
        env=environment, cwd="/", capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert told == {
        "user": USER,
        "groups": False,
        "count": len(programs("attacks")) + len(programs("lawful")),
        "wrong": {},
    }
