"""The box holds for an ordinary user too, who builds it in another order than root."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

# pytest puts this folder on the path; mypy does not know that.
from boxes import ENTRIES  # type: ignore[import-not-found]

import lrquiz
from lrquiz.model.run import Ending

ATTACKS = Path(__file__).parents[1] / "attacks"
NAMES = (
    "climb_out",
    "connect_to_loopback",
    "endless_loop",
    "find_the_grader",
    "fork_bomb",
    "leave_a_daemon",
    "memory_by_tensor",
    "new_namespaces",
    "open_sockets",
    "raise_the_limits",
    "read_secrets",
    "write_to_the_root",
)
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
@pytest.mark.usefixtures("full_tier")
def test_attacks_are_contained_for_an_ordinary_user() -> None:
    """For an ordinary user, the box gives each attack the same ending and the same result."""
    python, environment = reachable_interpreter()
    script = str(Path(ENTRIES) / "ordinary_user.py")
    done = subprocess.run(
        [python, script, str(ATTACKS), ENTRIES, *NAMES], user=USER, group=USER, extra_groups=[],
        env=environment, cwd="/", capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()
    told = json.loads(done.stdout)
    assert told.pop("user") == [USER]
    for name, (ending, detail, reply) in told.items():
        expected = tomllib.loads((ATTACKS / name / "expected.toml").read_text(encoding="utf-8"))
        assert Ending(ending) is Ending(expected["ending"]), (name, detail)
        assert expected.get("detail", "") in detail
        assert json.loads(expected.get("result", reply)) == json.loads(reply), name
